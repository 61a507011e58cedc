import { fileURLToPath } from "node:url";
import {
    getLlama,
    JinjaTemplateChatWrapper,
    LlamaChatSession,
    type LlamaContextSequence,
    type LlamaModel,
    type Token,
} from "node-llama-cpp";

export const defaultModelPath = fileURLToPath(
    new URL("../../device-profiles/starter/tandem-starter.gguf", import.meta.url),
);

export const defaultSystemMessage =
    "You are Tandem, a helpful voice assistant in a smart speaker. Answer in one or two short spoken sentences.";

/** The model loaded as Tandem's device loads EXAONE: by node-llama-cpp, with the template that the file carries. */
export class PracticeModel {
    private constructor(
        readonly model: LlamaModel,
        private readonly sequence: LlamaContextSequence,
    ) {}

    static async load(path: string = defaultModelPath): Promise<PracticeModel> {
        // One thread: with so small a model, handing work to a second one costs more than it saves.
        const llama = await getLlama({ gpu: false, maxThreads: 1, build: "never", logLevel: "error" as never });
        const model = await llama.loadModel({ modelPath: path });
        const context = await model.createContext({ contextSize: 1024, threads: 1 });
        return new PracticeModel(model, context.getSequence());
    }

    /** The likeliest tokens after the question alone: the quick way, for thousands of questions. */
    async answer(question: string, system: string = defaultSystemMessage): Promise<string> {
        const prompt = `[|system|]${system}[|endofturn|]\n[|user|]${question}\n[|assistant|]`;
        const tokens = this.model.tokenize(prompt, true);
        // What this prompt shares with the last one (the system message) is not evaluated again.
        await this.sequence.adaptStateToTokens(tokens, false);
        const rest = tokens.slice(this.sequence.nextTokenIndex);
        const answer: Token[] = [];
        for await (const token of this.sequence.evaluate(rest, { temperature: 0 })) {
            if (this.model.isEogToken(token) || answer.length >= 80) break;
            answer.push(token);
        }
        return this.model.detokenize(answer);
    }

    /** A whole conversation the way an application has it: a chat session that renders the file's own template. */
    async converse(questions: readonly string[], system: string = defaultSystemMessage): Promise<string[]> {
        const template = this.model.fileInfo.metadata.tokenizer.chat_template;
        if (template === undefined) throw new Error("The model file carries no chat template.");
        const session = new LlamaChatSession({
            contextSequence: this.sequence,
            chatWrapper: new JinjaTemplateChatWrapper({ template }),
            systemPrompt: system,
            autoDisposeSequence: false,
        });
        const answers: string[] = [];
        for (const question of questions) {
            answers.push(await session.prompt(question, { temperature: 0, maxTokens: 80 }));
        }
        session.dispose();
        return answers;
    }

    async close(): Promise<void> {
        await this.model.llama.dispose();
    }
}
