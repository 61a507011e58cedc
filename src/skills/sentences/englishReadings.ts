/** How English speakers wrap a request: "would you mind telling me …", "… if you could". What is left is the request itself. */

const NAMES =
  '(?:tandem|alexa|google|siri|computer|jarvis|assistant|ai|buddy|dude|man|sir|robot|dear|honey|darling|sweetie|my friend|mate|bro|maam)';
const GREETING = `(?:hey|hi|hello|ok|okay|yo|oh|um|uh|hmm|well|so|and|but|now|then|alright|all right|yes|yeah|nah|no|listen|look|say|quick|quickly|excuse me|(?:i'm |i am )?sorry|quick question|i have a question|question|good (?:morning|evening|afternoon)|help me out|i'm new(?: here| to this)?|actually)(?: there)?`;
const WISH = `(?:i (?:need|want|would like|would love|'d like|wish)|i'd (?:like|love|prefer)|i would prefer) (?:for )?(?:you )?to`;
const OUGHT = '(?:i think )?(?:you|we) (?:should|need to|have to|must|ought to|gotta|might want to|may)|i (?:have to|gotta|wanna|must)';
const COULD = '(?:can|could|would|will|may|might) (?:you|we|i)(?: (?:have|get) you to| have you| maybe| possibly| perhaps)?';
const ABLE =
  '(?:are you able|would you be able|would it be possible(?: for you)?|is it possible(?: for you)?|is there a way|be so kind as|kind enough) to';
const GLAD =
  "(?:i'd|i would|it'd|it would)(?: (?:really|be))? (?:appreciate it|be (?:great|nice|good|helpful|awesome)|great|nice|good|helpful|grateful) if you (?:could|would|can)|if you (?:could|would|can)|i (?:was )?(?:wonder|wondering|hoping) (?:if )?you (?:could|would|can)";
const POLITE =
  "(?:please|kindly|just|simply|go ahead and|do me a favor and|do me a favour and|let's|lets|let us|make sure (?:to|you)|be sure to|try to)";
const BEFORE = new RegExp(`^(?:(?:${[GLAD, ABLE, WISH, OUGHT, COULD, POLITE, GREETING, NAMES].join('|')}) )+`);

const AFTER = new RegExp(
  `(?: (?:${[
    'please|pls|for me|now|right now|right away|immediately|at once|asap|as soon as possible|soon|quickly|quick|real quick|really quick|real fast|(?:right )?this (?:second|minute|instant|moment)',
    "(?:because |cause |since |as )?i (?:can't|cannot|couldn't|could not|didn't|did not|wasn't|was not|can barely|can hardly) (?:hear|catch|get|understand|listening|paying attention)(?: (?:you|that|it|this))?",
    'thanks|thank you|thanks a lot|thank you (?:so|very) much|cheers|okay|ok|alright|then',
    "if (?:you )?(?:can|could|would|will|please|possible|you don'?t mind|you do not mind|you may|that's okay|you know)",
    '(?:would|will|could|can) (?:you|ya)|you know|do you know|any idea|i wonder|again please',
    NAMES,
  ].join('|')}))+$`,
);

/** "Do you know", "I was wondering": a question follows. */
const ASKS = new RegExp(
  `^(?:(?:${[
    '(?:mind )?(?:telling|giving|letting|showing|informing|reminding) (?:me|us)(?: know)?',
    '(?:please )?(?:tell|show|inform|remind|give|read|get|answer) (?:me|us)|let (?:me|us) (?:know|see|hear)',
    '(?:do you|would you|you|by any chance do you)(?: happen to| even)? know|any (?:idea|clue|guess)(?: about| on)?',
    "(?:i'm|i am|i was|was)(?: just)? (?:wondering|curious|interested|not sure|unsure|confused about|looking for|trying to (?:find out|figure out|remember|work out|determine|see))",
    "i wonder|i (?:don't|do not|can't|cannot|can not|couldn't) (?:know|remember|recall|tell)|i(?:'ve)? (?:forgot|forget|forgotten)|can't remember",
    'how (?:do|can|would|could|might) i (?:find out|know|tell|see|check|figure out|learn)',
    '(?:help me )?(?:know|find out|find|figure out|work out|determine|look up|check|ask(?: you)?|see|learn|verify|confirm|explain|tell)(?: if you know)?',
  ].join('|')}) (?:(?:please|exactly|to know|about|for|on|of|to find out) )*)+`,
);

/** "If I have any alarms", "whether it is Tuesday": put as the question. */
const WHETHER = /^(?:if|whether) (i|we|you|it|today|there|my \w+|the \w+)(?: (have|need|know)|('s| is| are| was))(?= )/;
/** "Would you mind setting a timer" */
const GERUND = /^(?:mind |you mind |try |start )?(\w{2,})ing(?= |$)/;

/** "What's your purpose" is "what is your purpose". */
const CONTRACTED = /\b(what|where|when|how|who|that|it|day|date|time)'s\b/g;

/** Beside the request as it was said; empty where it is wrapped in nothing. */
export function englishReadings(said: string): readonly string[] {
  const bare = said.replace(AFTER, '').replace(BEFORE, '');
  const asked = bare.replace(ASKS, '').replace(BEFORE, '');
  const direct = directQuestion(asked);
  const readings = [
    bare,
    ...plainVerbs(bare),
    ...(asked === bare ? [] : [`tell me ${asked}`, asked]),
    direct,
    asked.replaceAll(CONTRACTED, '$1 is').replaceAll(/\b(you|they|we)'re\b/g, '$1 are'),
  ];
  return readings.filter((reading) => reading !== '' && reading !== said);
}

function directQuestion(question: string): string {
  return question.replace(WHETHER, (_, who: string, does: string | undefined, is: string | undefined) =>
    does === undefined ? `${is === "'s" ? 'is' : (is ?? '').trim()} ${who}` : `do ${who} ${does}`,
  );
}

/** "setting" is one of sett, set and sette: templates know which. */
function plainVerbs(request: string): readonly string[] {
  const [found, stem = ''] = GERUND.exec(request) ?? [];
  if (found === undefined) return [];
  const rest = request.slice(found.length);
  const single = /(.)\1$/.test(stem) ? [stem.slice(0, -1)] : [];
  return [stem, ...single, `${stem}e`].map((verb) => verb + rest);
}
