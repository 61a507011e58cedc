import type { SkillContext, SkillMatch, SkillReply } from './contract.js';

/** Several requests that were made at once, as one: each is run and answered in its turn. */
export function inTurn(matches: readonly SkillMatch[]): SkillMatch {
  return {
    skill: [...new Set(matches.map(({ skill }) => skill))].join('+'),
    intent: matches.map(({ intent }) => intent).join('+'),
    run: async (context) => {
      const replies: SkillReply[] = [];
      for (const match of matches) replies.push(await match.run(context));
      const undos = replies.flatMap(({ undo }) => undo ?? []);
      const undo = async (later: SkillContext) => {
        const undone: SkillReply[] = [];
        for (const each of undos) undone.push(await each(later));
        return asOne(undone);
      };
      return undos.length === 0 ? asOne(replies) : { ...asOne(replies), undo };
    },
  };
}

function asOne(replies: readonly SkillReply[]): SkillReply {
  const followUp = replies.at(-1)?.followUp;
  const text = replies
    .map((reply) => reply.text)
    .filter((said) => said !== '')
    .join(' ');
  return { text, ...(followUp === undefined ? {} : { followUp }) };
}
