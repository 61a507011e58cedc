import type { MathNode, Matrix } from 'mathjs';

/** What a calculation can be made of. Anything else (names, assignments, strings, access to objects) is refused before it is evaluated. */
const NODES = new Set(['ConstantNode', 'OperatorNode', 'ParenthesisNode', 'FunctionNode', 'SymbolNode']);
const SYMBOLS = new Set(['pi', 'sqrt', 'cbrt', 'square', 'cube', 'factorial']);
const MAX_LENGTH = 400;
/** Above it a double counts no more in ones. */
const MAX_FACTORIAL = 170;

export type Result = { readonly value: number } | { readonly problem: 'by-zero' | 'not-real' | 'too-big' };

/** A calculation in signs, as `expressionOf` makes it. */
export async function evaluate(expression: string): Promise<Result> {
  const math = await import('mathjs');
  if (expression.length > MAX_LENGTH) return { problem: 'too-big' };
  const tree = math.parse(expression);
  refuseOthers(tree);
  if (/\/\(0\)|mod \(0\)/.test(expression)) return { problem: 'by-zero' };
  if (tree.filter((node) => node.type === 'FunctionNode' || node.toString().endsWith('!')).some((node) => tooBigFactorial(node)))
    return { problem: 'too-big' };
  const value = evaluated(tree);
  if (typeof value !== 'number') return { problem: 'not-real' };
  if (Number.isNaN(value)) return { problem: 'by-zero' };
  return Number.isFinite(value) ? { value } : { problem: expression.includes('/(0') ? 'by-zero' : 'too-big' };
}

/** Undefined where it has no answer, such as the factorial of -2: of numbers alone, mathjs throws for no other reason. */
function evaluated(tree: MathNode): number | { readonly im?: number } | Matrix | undefined {
  try {
    return tree.evaluate();
  } catch {
    return undefined;
  }
}

function refuseOthers(tree: MathNode): void {
  tree.traverse((node) => {
    const name = 'name' in node && typeof node.name === 'string' ? node.name : undefined;
    if (!NODES.has(node.type) || (node.type === 'SymbolNode' && !SYMBOLS.has(name ?? '')))
      throw new Error(`a calculation with ${node.type}`);
  });
}

function tooBigFactorial(node: MathNode): boolean {
  const [, number = '0'] = /^(?:factorial\()?\(?(\d+)\)*!?$/.exec(node.toString()) ?? [];
  return Number(number) > MAX_FACTORIAL;
}
