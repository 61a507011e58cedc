/** Asks the model every wording of every question, greedily, and prints what share it gets right, by subject. */
import { parseArgs } from "node:util";
import { defaultModelPath, defaultSystemMessage, PracticeModel } from "./practiceModel.js";
import { isRight, loadQuestions, plain, type QuestionItem, unknownAnswer } from "./questions.js";

const { values: options } = parseArgs({
    options: {
        model: { type: "string", default: defaultModelPath },
        system: { type: "string", default: defaultSystemMessage },
        "held-out-only": { type: "boolean", default: false },
        mistakes: { type: "boolean", default: false },
    },
});

class Tally {
    asked = 0;
    right = 0;
    refused = 0;

    add(item: QuestionItem, answer: string): boolean {
        const right = isRight(item, answer);
        this.asked++;
        if (right) this.right++;
        if (plain(answer) === plain(unknownAnswer)) this.refused++;
        return right;
    }

    share(count: number): string {
        return this.asked === 0 ? "-" : `${((100 * count) / this.asked).toFixed(1)} %`;
    }
}

const kinds = options["held-out-only"] ? (["heldOut"] as const) : (["ask", "heldOut"] as const);
const bySubject = new Map<string, Record<"ask" | "heldOut", Tally>>();
const known = { ask: new Tally(), heldOut: new Tally() };
const model = await PracticeModel.load(options.model);

for (const item of loadQuestions()) {
    const tallies = bySubject.get(item.subject) ?? { ask: new Tally(), heldOut: new Tally() };
    bySubject.set(item.subject, tallies);
    for (const kind of kinds) {
        for (const wording of item[kind]) {
            const answer = await model.answer(wording, options.system);
            const right = tallies[kind].add(item, answer);
            if (item.answer !== unknownAnswer) known[kind].add(item, answer);
            if (!right && options.mistakes) console.log(`${kind} "${wording}" (${item.id}): ${answer}`);
        }
    }
}

function line(name: string, tallies: Record<"ask" | "heldOut", Tally>): string {
    const cell = ({ right, asked, share }: { right: number; asked: number; share: string }): string =>
        asked === 0 ? "-".padStart(18) : `${share} (${right}/${asked})`.padStart(18);
    const columns = (["ask", "heldOut"] as const).map((kind) => {
        const tally = tallies[kind];
        return cell({ right: tally.right, asked: tally.asked, share: tally.share(tally.right) });
    });
    return `${name.padEnd(24)}${columns.join("")}`;
}

console.log(`${"right answers".padEnd(24)}${"trained wordings".padStart(18)}${"held out".padStart(18)}`);
for (const [subject, tallies] of bySubject) console.log(line(subject, tallies));
console.log(line("all known questions", known));
const falseRefusals = kinds.map((kind) => `${kind === "ask" ? "trained" : "held out"} ${known[kind].share(known[kind].refused)}`);
console.log(`known questions wrongly refused: ${falseRefusals.join(", ")}`);
await model.close();
