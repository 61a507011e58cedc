import type { AnswerEnd, AnswererInput, Question, Route } from '../../../statecharts/answer.js';
import { TandemError, throwIfAborted } from '../../errors.js';
import type { EventLog } from '../../events/eventLog.js';
import type { HostClient } from '../../handoff/device/hostClient.js';
import type { LanguageModel, Message } from '../../language-model/contract.js';
import type { Router } from '../../routing/contract.js';
import type { SkillContext, SkillMatch } from '../../skills/contract.js';
import type { SkillSet } from '../../skills/create.js';
import type { Language } from '../../speech-to-text/contract.js';
import { withoutOpenWord } from '../hearing/unfinished.js';
import type { Pace } from '../pace.js';
import type { Notices } from '../speaking/notices.js';
import type { Turn } from '../turn/turn.js';
import type { ConversationMemory } from './conversationMemory.js';
import { missedHost } from './missedHost.js';
import { More } from './more.js';
import { WithoutModel } from './withoutModel.js';

/** Asks the hosts at the broker. */
export type HostAsker = Pick<HostClient, 'ask' | 'hostsAvailable'>;

export interface AnswererParts {
  readonly skills: SkillSet;
  readonly skillContext: (signal: AbortSignal) => SkillContext;
  readonly languageModel: LanguageModel;
  readonly systemMessage: Readonly<Record<Language, string>>;
  readonly maxAnswerTokens: number;
  readonly memory: ConversationMemory;
  readonly events: EventLog;
  readonly pace: Pace;
  readonly router: Router;
  /** Undefined where no hand-off is set up. */
  readonly host: HostAsker | undefined;
  readonly notices: Pick<Notices, 'goOn' | 'more' | 'hostGone'>;
}

/** Who can answer: the skills, the model on the device, a host. Text goes into the turn's reply as it comes. */
export class Answerers {
  private readonly parts: AnswererParts;
  private readonly more: More;

  constructor(parts: AnswererParts) {
    this.parts = parts;
    this.more = new More(parts.notices);
  }

  /** What a long answer left unsaid; the next question may ask for it, of whoever gave it. */
  keepRest({ reply: { leftOver }, route }: Turn): void {
    if (leftOver === undefined || route === undefined) return;
    // A skill has said all it has to say, even where nobody has told the reply yet.
    this.more.keep({ ...leftOver, whole: leftOver.whole || route.to === 'skill', to: route.to });
  }

  async decide(turn: Turn, question: Question): Promise<Route> {
    turn.mark('routeStart');
    const release = this.parts.pace.hold();
    try {
      turn.route = this.routeOf(turn, question);
      return turn.route;
    } finally {
      release();
      turn.mark('routeEnd');
    }
  }

  async runSkill(turn: Turn, input: AnswererInput, signal: AbortSignal): Promise<AnswerEnd> {
    const { match } = turn;
    if (match === undefined)
      throw new TandemError({ code: 'skill-not-matched', stage: 'skill', message: 'No skill had taken this question.' });
    turn.mark('askStart');
    const release = this.parts.pace.hold();
    try {
      const reply = await match.run(this.parts.skillContext(signal));
      throwIfAborted(signal, 'skill');
      if (reply.text !== '') {
        turn.mark('firstText');
        input.onFirstText();
        turn.reply.push(reply.text);
      }
      return reply.followUp === undefined ? {} : { followUp: reply.followUp };
    } finally {
      release();
    }
  }

  async generateOnDevice(turn: Turn, input: AnswererInput, signal: AbortSignal): Promise<AnswerEnd> {
    turn.mark('askStart');
    const release = this.parts.pace.hold();
    try {
      const { languageModel, notices } = this.parts;
      const hasModel = !(languageModel instanceof WithoutModel);
      if (hasModel && turn.reply.given === '' && missedHost(input)) turn.reply.push(`${notices.hostGone[input.question.language]}\n`);
      const generation = await languageModel.generate({
        messages: this.messages(turn, input.question),
        maxTokens: this.parts.maxAnswerTokens,
        signal,
        onText: (text) => this.take(turn, text, input),
      });
      throwIfAborted(signal, 'language-model');
      if (generation.text.trim() === '')
        throw new TandemError({ code: 'no-answer', stage: 'language-model', message: 'The model gave no answer.' });
      return {};
    } finally {
      release();
    }
  }

  async askHost(turn: Turn, input: AnswererInput, signal: AbortSignal): Promise<AnswerEnd> {
    const { host, events, pace } = this.parts;
    if (host === undefined) throw new TandemError({ code: 'host-none', stage: 'handoff', message: 'No host is set up.' });
    turn.mark('askStart');
    const release = pace.hold();
    try {
      await host.ask({
        messages: this.messages(turn, input.question),
        language: input.question.language,
        signal,
        onText: (text) => this.take(turn, text, input),
        onState: (state, name, code) =>
          events.emit(
            { event: 'handoff', state, ...(name === undefined ? {} : { host: name }), ...(code === undefined ? {} : { code }) },
            { turn: turn.number },
          ),
      });
      return {};
    } finally {
      release();
    }
  }

  /** Evaluates system message and history while the person still speaks. */
  async prepare(language: Language, signal: AbortSignal): Promise<void> {
    await this.parts.languageModel.prefill(this.prefix(language), signal);
  }

  private routeOf(turn: Turn, question: Question): Route {
    const { skills, router, memory, host, pace } = this.parts;
    // An offer is for the next question, and lasts no longer than the conversation that it belongs to.
    const taken = this.more.answer(question.text, question.language);
    const answer = memory.messages().length === 0 ? undefined : taken;
    if (answer?.kind === 'wanted' && !answer.rest.whole) {
      turn.reply.begin(answer.rest.text);
      return { to: answer.rest.to, reason: 'more' };
    }
    if (answer !== undefined) {
      const text = answer.kind === 'wanted' ? answer.rest.text : '';
      turn.match = { skill: 'more', intent: answer.kind, run: async () => ({ text, followUp: false }) };
    } else {
      const now = pace.skillClock.now();
      const { text, language } = question;
      turn.match = skills.match({ text, language, now }) ?? skills.match({ text: withoutOpenWord(text, language), language, now });
      if (turn.match?.skill === 'repeat' && this.more.again()) turn.match = this.withOffer(turn.match, language);
    }
    if (turn.match !== undefined) return { to: 'skill', reason: `${turn.match.skill}:${turn.match.intent}` };
    const hosts = host?.hostsAvailable();
    const onlyHosts = this.parts.languageModel instanceof WithoutModel && hosts !== undefined && hosts.count > 0;
    return onlyHosts ? { to: 'host', reason: 'no-model-here' } : router.decide(question, memory.messages(), hosts);
  }

  /** What is said once more asks once more whether to go on. */
  private withOffer(match: SkillMatch, language: Language): SkillMatch {
    const { offer } = this.parts.notices.more(language);
    return {
      ...match,
      run: async (context) => {
        const { text } = await match.run(context);
        return { text: text.endsWith(offer) ? text : `${text}\n${offer}`, followUp: true };
      },
    };
  }

  private take(turn: Turn, text: string, input: AnswererInput): void {
    if (!turn.has('firstText')) {
      turn.mark('firstText');
      this.parts.events.emit({ event: 'first-token' }, { turn: turn.number });
    }
    input.onFirstText();
    turn.reply.push(text);
  }

  /** What a model is asked. Where a host broke off, or a long answer was cut, what was said stays said: it goes on from there. */
  private messages(turn: Turn, question: Question): readonly Message[] {
    const said = turn.reply.given;
    if (said === '') return this.conversation(question);
    return [
      ...this.conversation(question),
      { role: 'assistant', content: said },
      { role: 'user', content: this.parts.notices.goOn[question.language] },
    ];
  }

  private conversation(question: Question): readonly Message[] {
    return [...this.prefix(question.language), { role: 'user', content: question.text }];
  }

  private prefix(language: Language): readonly Message[] {
    return [{ role: 'system', content: this.parts.systemMessage[language] }, ...this.parts.memory.messages()];
  }
}
