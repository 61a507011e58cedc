import { englishNumber } from '../values/englishNumbers.js';

/** How English speakers ask for two things at once: "set a timer for five minutes and another for ten". */

const UNIT = '(?:hours?|minutes?|mins?|seconds?|secs?)';
const COUNT = `(?:an?|half an|${englishNumber})`;

/** "Set two timers, one for five and one for ten minutes", "set timers for five and ten minutes". */
const TIMERS = new RegExp(
  `^(?:.* )?timers(?: one)?(?: for)? (?<a>${COUNT})(?: (?<unit>${UNIT}))? and (?:(?:one|another|the other) )?(?:for )?(?<b>${COUNT}(?: ${UNIT})?)$`,
);
/** "A five and a ten minute timer" */
const BEFORE_TIMER = new RegExp(`^(?:.* )??(?:an? )?(?<a>${englishNumber}) and (?:an? )?(?<b>${englishNumber}) (?<unit>${UNIT}) timers?$`);

/** "An hour and a half" is one duration. */
const AND = / (?:and then|and also|and|then|also|plus) (?!(?:a )?(?:half|quarter)\b)| (?=another )/;
/** What a request of its own begins with. */
const VERB =
  /^(?:set|start|make|create|add|put|give|wake|get|cancel|stop|delete|turn|mute|unmute|raise|lower|pause|resume|repeat|tell|what|what's|how|when|which|convert)\b/;
/** What goes on from the first: "another for ten", "a rice timer for twelve". */
const FURTHER = /^(?:an?|another|one|the other|(?:\w+ ){1,2}(?:timer|alarm)) /;
/** "… and eight on tuesdays", after an alarm. */
const ALSO_AT = new RegExp(`^(?:(?:at|for) )?(?<when>${englishNumber}\\b.* (?:on|every) .+)$`);
const ONE =
  /^((?:set|start|make|create|add|put on|give me) )?(?:another one|another|one more|a second one|a new one|a second|the other|one)(?= (?:for|at|of|to|in)\b)/;

/** The requests that it may be made of, each said in full; none where it is not said like two. */
export function englishParts(said: string): readonly string[] {
  const both = (TIMERS.exec(said) ?? BEFORE_TIMER.exec(said))?.groups;
  if (both !== undefined) {
    const { a = '', b = '', unit = lastUnit(b) ?? '' } = both;
    return [a, b].map((count) => `set a timer for ${lastUnit(count) === undefined ? `${count} ${unit}` : count}`);
  }
  const [first = '', ...others] = said.split(AND);
  const noun = /\b(timer|alarm|countdown)\b/.exec(first)?.[1];
  const goesOn = (other: string) => FURTHER.test(other) || (noun === 'alarm' && ALSO_AT.test(other));
  if (!others.every((other) => VERB.test(other) || (noun !== undefined && goesOn(other)))) return [];
  return [first, ...others.map((other) => inFull(other, noun, lastUnit(first)))];
}

function inFull(part: string, noun = '', unit = ''): string {
  const when = noun === 'alarm' ? ALSO_AT.exec(part)?.groups?.when : undefined;
  if (when !== undefined) return `set an alarm for ${when}`;
  const named = part.replace(ONE, `$1a ${noun}`).replace(/ one$/, ` ${noun}`);
  const whole = VERB.test(named) ? named : `set ${named}`;
  return /\btimer\b/.test(whole) && new RegExp(` (?:for|at|of|to) ${englishNumber}$`).test(whole) ? `${whole} ${unit}` : whole;
}

function lastUnit(text: string): string | undefined {
  return [...text.matchAll(new RegExp(`\\b${UNIT}\\b`, 'g'))].at(-1)?.[0];
}
