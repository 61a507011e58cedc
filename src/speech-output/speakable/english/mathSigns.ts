import { type Rule, rule, wordBegins, words } from '../rule.js';
import { numberWords } from './numberWords.js';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** 25 m², 3 km^2: said by the unit. */
const notOfUnit = String.raw`(?<!(?:\d[ -]?|\/)(?:[kcmd]?m|ft|mi|yd))`;
const operand = String.raw`[\p{L}\p{N})π°%²³]`;
/** The other side of an equation is near, so that a dash is a minus and a slash a division. */
const inEquation = '(?=[^=≈]{0,60}[=≈])';
const afterEquals = '(?<=[=≈][^=≈]{0,60})';

const letters: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  η: 'eta',
  θ: 'theta',
  λ: 'lambda',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  ψ: 'psi',
  ω: 'omega',
  Σ: 'sigma',
  Ω: 'omega',
};

export const mathRules: readonly Rule[] = [
  words(String.raw`(?<=\d)!(?=\s?[=×*/+-])`, ' factorial'),
  rule(String.raw`${wordBegins}(?<name>[fgh])['′]\((?<of>\p{L})\)`, (part) => `${part('name')} prime of ${part('of')}`),
  words(String.raw`(?<=^|[(,:])\s?(?:≥|>=)\s?(?=\d)`, ' at least '),
  words(String.raw`(?<=^|[(,:])\s?(?:≤|<=)\s?(?=\d)`, ' at most '),
  rule(`(?<=${operand})${notOfUnit}(?<power>⁻?[${superscripts}]{1,4})`, (part) => {
    const digits = [...part('power')].map((char) => (char === '⁻' ? '-' : String(superscripts.indexOf(char)))).join('');
    return `^${digits}`;
  }),
  rule(String.raw`\^\s?\((?<power>[-−]?[\p{L}\d]{1,4})\)`, (part) => `^${part('power')}`),
  rule(String.raw`(?<=${operand})${notOfUnit}\s?\^\s?(?<sign>[-−]?)(?<power>\d{1,4}|\p{L})`, (part) => {
    const [sign, power] = [part('sign') === '' ? '' : 'minus ', part('power')];
    if (sign === '' && power === '2') return ' squared ';
    if (sign === '' && power === '3') return ' cubed ';
    return ` to the power of ${sign}${/^\d/.test(power) ? numberWords(power) : power} `;
  }),
  rule(String.raw`${wordBegins}(?<name>[fgh])\((?<of>\p{L}|[-−]?\d{1,4})\)`, (part) => `${part('name')} of ${part('of')}`),
  words('∛\\s?', ' the cube root of '),
  words(String.raw`√\s?`, ' the square root of '),
  words('±', ' plus or minus '),
  words(String.raw`(?<=\d\s?(?:[kcm]?m|ft|in))\s[xX×]\s(?=\d)`, ' by '),
  words('[×⋅∙]', ' times '),
  words('÷', ' divided by '),
  words('≠|!=', ' is not equal to '),
  words('≈|≅', ' is about '),
  words('≤|<=', ' is at most '),
  words('≥|>=', ' is at least '),
  words('∞', ' infinity '),
  words('∑', ' the sum of '),
  words('∫', ' the integral of '),
  words('[∂]', ' partial '),
  words('[∆Δ](?=\\s?\\p{L})', 'delta '),
  words('∴', ' therefore '),
  words('∉', ' not in '),
  words('[∪⋃]', ' union '),
  words('[∩⋂]', ' intersection '),
  words('∅', ' the empty set '),
  words('[⊂⊆]', ' is a subset of '),
  words('∀', ' for all '),
  words('∃', ' there is '),
  words('¬', ' not '),
  words('∧', ' and '),
  words('∨|\\|\\|', ' or '),
  words('∝', ' is proportional to '),
  words('≡', ' is equivalent to '),
  words('∈', ' in '),
  words('∠', ' angle '),
  words('π', ' pi '),
  rule(String.raw`(?<!\p{Script=Greek}|\d\s?)[αβγδεηθλρστφψωΣΩ](?!\p{Script=Greek})`, (part) => ` ${letters[part('match')] ?? ''} `),
  words(String.raw`(?<=\d)\s?[xX]\s?(?=\d[\d.]{0,10}\s?=)|(?<=\d)\s[xX]\s(?=\d)`, ' times '),
  rule(
    '(?<![\\p{L}\\d.])(?<code>0[xX](?=[0-9A-Fa-f]{2})[0-9A-Fa-f]{1,16})(?![\\p{L}\\p{N}])',
    (part) => `zero x ${[...part('code').slice(2)].join(' ')}`,
  ),
  rule(
    '(?<=[\\d½¼¾])"\\s?[xX×]\\s?(?<other>\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?[½¼¾])?)"(?![\\p{L}\\p{N}])',
    (part) => ` inches by ${part('other')} inches`,
  ),
  words(String.raw`(?<=[\d½¼¾⅛⅜⅝⅞])\s?[xX]\s?(?=\d)`, ' by '),
  rule(
    String.raw`(?<![\d.,])(?<![=+-]\s?)(?<number>\d{1,4}(?:\.\d{1,2})?)[xX](?=\s\p{L}|[.,!?]?$)`,
    (part) => `${numberWords(part('number'))} times`,
  ),
  words(
    String.raw`(?<=[\p{L}\d)])\s?[-−–]\s?(?=[\p{L}\d(]{1,12}\s?(?:[-−–+*/×÷]|times|plus|by|=)|\d[\d.,]{0,15}\s?=)${inEquation}(?<=[\d)]\s?[-−–]\s?|\s[-−–]\s)`,
    ' minus ',
  ),
  words(String.raw`${afterEquals}(?<=[\p{L}\d)]\s?)\s[-−–]\s(?=[\d(])`, ' minus '),
  words(String.raw`(?<=[\d)])(?<!\d/\d{1,2}\s?[-+−=]\s?\d{1,2})\s?/\s?(?=[\d(][\d.,]{0,15}\s?=)|(?<=[\d)])\s/\s(?=[\d(])`, ' divided by '),
  words('−(?=\\s?\\d)', ' minus '),
  words(String.raw`(?<![\p{L}\p{N})%.,°²³-])-(?=[\d.$€£₩¥])|${afterEquals}(?<=[\s(])-(?=\p{L}(?!\p{L}))`, 'minus '),
  words(String.raw`^\s*(?:->|=>|→|⇒|➡|⟶|—>)\s?`, ''),
  words(String.raw`\s?(?:->|=>|→|⇒|➡|⟶|—>|↔)\s?`, ' to '),
  words('={1,3}', ' equals '),
  words(String.raw`(?<=[\d\p{L})])\s?<\s?(?=[\d\p{L}(])`, ' is less than '),
  words(String.raw`(?<=[\d\p{L})])\s?>\s?(?=[\d\p{L}(])`, ' is more than '),
  words(String.raw`(?<=^|\s)<\s?(?=\d)`, ' less than '),
  words(String.raw`(?<=^|\s)>\s?(?=\d)`, ' more than '),
  words(String.raw`\+`, ' plus '),
  words(String.raw`${wordBegins}[~∼]\s?(?=[\d$€£₩¥])`, 'about '),
];
