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
  μ: 'mu',
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
  // Length by width, and not the sides of an equation: 9×13″, 3840×2160 pixels, 5 m × 3 m.
  words(
    String.raw`(?:(?<=\d\s?(?:[kcm]?m|ft|in))\s[xX×]\s|(?<=\d['′″]\s?)[xX×]\s?|(?<=\d)\s[xX×]\s(?=[\d.]{1,8}\s?(?:[cm]?m|in|ft|px|″|inches|feet|pixels)(?![\p{L}\d])(?![^.;]{0,25}[=≈]))|(?<=\d)(?<![=≈+]\s?\d{1,9})×(?=\d{1,4}(?:\s\p{L}|['′″.,;)-]|$)))(?=\d)(?:(?=[\d.,]{1,9}\s?(?:[kcm]?m|ft|in|['′″])(?!\p{L}))|(?!(?:[^.;]|\.\d){0,25}[=≈]))`,
    ' by ',
  ),
  words(String.raw`(?<=\d)!(?=\s?[=×*/+-])`, ' factorial'),
  rule(String.raw`${wordBegins}(?<name>[fgh])(?<primes>['′]{1,2}|″)\((?<of>\p{L}|\d{1,3})\)`, (part) => {
    return `${part('name')} ${part('primes').length === 2 || part('primes') === '″' ? 'double prime' : 'prime'} of ${part('of')}`;
  }),
  words(String.raw`(?<=^|[(,:;])\s?≈\s?(?=\d)`, ' about '),
  words(String.raw`(?<=^|[(,:])\s?(?:≥|>=)\s?(?=\d)`, ' at least '),
  words(String.raw`(?<=^|[(,:])\s?(?:≤|<=)\s?(?=\d)`, ' at most '),
  rule(`∫\\s?(?<from>\\d{1,3})(?<to>[${superscripts}]{1,3})`, (part) => {
    return ` the integral from ${part('from')} to ${[...part('to')].map((char) => superscripts.indexOf(char)).join('')} of `;
  }),
  rule(`(?<=[\\p{L}\\d])(?<charge>[${superscripts}]?)(?<sign>[⁺⁻])(?![${superscripts}])`, (part) => {
    const charge = superscripts.indexOf(part('charge') || '⁰');
    return ` ${charge > 0 ? numberWords(String(charge)) : ''} ${part('sign') === '⁺' ? 'plus' : 'minus'} `;
  }),
  rule(`(?<![\\p{L}\\p{N})])(?<mass>[${superscripts}]{1,3})(?=\\p{Lu})`, (part) => {
    return `${[...part('mass')].map((char) => superscripts.indexOf(char)).join('')} `;
  }),
  rule(`(?<=${operand})${notOfUnit}(?<power>⁻?[${superscripts}]{1,4})`, (part) => {
    const digits = [...part('power')].map((char) => (char === '⁻' ? '-' : String(superscripts.indexOf(char)))).join('');
    return `^${digits}`;
  }),
  rule(String.raw`\^\s?\((?<power>[-−]?[\p{L}\d]{1,4})\)`, (part) => `^${part('power')}`),
  rule(String.raw`(?<=${operand})${notOfUnit}\s?\^\s?(?<sign>[-−]?)(?<power>\d{1,4}|\p{L}{1,2}(?!\p{L}))`, (part) => {
    const [sign, power] = [part('sign') === '' ? '' : 'minus ', part('power')];
    if (sign === '' && power === '2') return ' squared ';
    if (sign === '' && power === '3') return ' cubed ';
    return ` to the power of ${sign}${/^\d/.test(power) ? numberWords(power) : [...power].join(' ')} `;
  }),
  words(String.raw`(?<=${operand})\^\s?(?=\()`, ' to the power of '),
  rule(String.raw`${wordBegins}(?<name>[fgh])\((?<of>\p{L}|[-−]?\d{1,4})\)`, (part) => `${part('name')} of ${part('of')}`),
  rule(
    String.raw`${wordBegins}P\((?<event>[^()|]{1,20}?)\s?\|\s?(?<given>[^()|]{1,20})\)`,
    (part) => `P of ${part('event')} given ${part('given').trim()}`,
  ),
  rule(String.raw`(?<![\p{L}\p{N}|])\|(?<inner>[-−]?[\p{L}\d][^|\s]{0,12})\|`, (part) => ` the absolute value of ${part('inner')} `),
  words('∛\\s?', ' the cube root of '),
  rule(String.raw`${wordBegins}log_?(?<base>\d{1,2})\s?(?=[(\p{L}\d])(?!of)`, (part) => `log base ${part('base')} of `),
  words(String.raw`√\s?`, ' the square root of '),
  words('±', ' plus or minus '),
  words('(?<=\\p{L})[·⋅](?=\\p{L})', ' '),
  words('[×⋅∙]', ' times '),
  words(String.raw`(?<=\d)\s%\s(?=\d{1,9}\s?=)`, ' modulo '),
  words(String.raw`÷|(?<=\d)\s//\s(?=\d)`, ' divided by '),
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
  rule(
    String.raw`(?<!\p{Script=Greek})(?:[αβγδεηθλμρστφψωΣ]|(?<!\d\s?[kM]?)Ω)(?!\p{Script=Greek}|(?<=\d\s?μ)[mgLsAFlW])`,
    (part) => ` ${letters[part('match')] ?? ''} `,
  ),
  words(String.raw`(?<=\d)\s?[xX]\s?(?=\d[\d.]{0,10}\s?=)|(?<=\d)\s[xX]\s(?=\d)`, ' times '),
  rule(
    '(?<![\\p{L}\\d.])(?<code>0[xX](?=[0-9A-Fa-f]{2})[0-9A-Fa-f]{1,16})(?![\\p{L}\\p{N}])',
    (part) => `zero x ${[...part('code').slice(2)].join(' ')}`,
  ),
  rule(
    '(?<=[\\d½¼¾])["″]\\s?[xX×]\\s?(?<other>\\d{1,3}(?:\\.\\d{1,2})?(?:\\s?[½¼¾])?)["″](?![\\p{L}\\p{N}])',
    (part) => ` inches by ${part('other')} inches`,
  ),
  words(String.raw`(?<=[\d½¼¾⅛⅜⅝⅞])\s?[xX]\s?(?=\d)`, ' by '),
  rule(
    String.raw`(?<![\p{L}\d.,])(?<![=+-]\s?)(?<number>\d{1,4}(?:\.\d{1,2})?(?=x)|\d{1,3}(?:\.\d{1,2})?(?=X))[xX](?=\s\p{L}|[.,!?]?$)`,
    (part) => `${numberWords(part('number'))} times`,
  ),
  words(
    String.raw`(?<=[\p{L}\d)])\s?[-−–]\s?(?=[\p{L}\d(]{1,12}\s?(?:[-−–+*/×÷]|times|plus|by|=)|\d[\d.,]{0,15}\s?=)${inEquation}(?<=[\d)]\s?[-−–]\s?|\s[-−–]\s)`,
    ' minus ',
  ),
  words(String.raw`(?<=[\p{L}\d)]\s?)\s[-−–]\s(?=[\d(])${afterEquals}`, ' minus '),
  words(
    String.raw`(?<=[\d)])(?<!\d/\d{1,2}\s?[-+−=×]\s?\d{1,2}|\d/\d{1,2}\s{1,2}(?:times|plus|minus|equals)\s{1,2}\d{1,2})\s?/\s?(?=[\d(][\d.,]{0,15}\s?=)|(?<=[\d)])\s/\s(?=[\d(])`,
    ' divided by ',
  ),
  words(String.raw`\s/\s(?!\p{L}{2,20}\s?=)(?:${inEquation}|${afterEquals})`, ' divided by '),
  // r/n, where the equation is near; 5 m/s is a unit.
  words(
    String.raw`(?<=(?<!\p{L}|\d\s?)\p{L}|\)|squared\s|cubed\s)\s?/\s?(?=\(|(?:\p{L}|\d\p{L}?)(?!\p{L}))(?:${inEquation}|${afterEquals})`,
    ' over ',
  ),
  words('(?<=^|\\(|[^\\d\\s%]\\s)–(?=\\d)', ' minus '),
  // x-3, and 2+1-3
  words(String.raw`(?<=(?<![\p{L}\p{N}-])[a-z])-(?=\d{1,3}(?![\p{L}\d]))|(?<=[+×÷]\s{0,2}[\d.]{1,6}\s?)-(?=\s?\d)`, ' minus '),
  words('−(?=\\s?\\d)|(?<=[\\p{L}\\d])−(?![\\p{L}\\d])', ' minus '),
  words(String.raw`(?<![\p{L}\p{N})%.,°²³-])-(?=[\d.$€£₩¥])|(?<=[\s(])-(?=\p{L}(?!\p{L}))${afterEquals}`, 'minus '),
  words(String.raw`^\s*(?:->|=>|→|⇒|➡|⟶|—>)\s?`, ''),
  words(String.raw`\s?(?:->|=>|→|⇒|➡|⟶|—>|↔)\s?`, ' to '),
  words(String.raw`^\s*←\s?`, ''),
  words(String.raw`\s?←\s?`, ' gets '),
  words('−', ' minus '),
  words('={1,3}', ' equals '),
  words(String.raw`(?<=[\d\p{L})]\s{0,2})<\s{0,2}(?=[\d\p{L}(])`, ' is less than '),
  words(String.raw`(?<=[\d\p{L})]\s{0,2})>\s{0,2}(?=[\d\p{L}(])`, ' is more than '),
  words(String.raw`(?<=^|[\s(:,;/])<\s?(?=\d)`, ' less than '),
  words(String.raw`(?<=^|[\s(:,;/])>\s?(?=\d)`, ' more than '),
  words(
    String.raw`(?<=${wordBegins}(?:is|are|was|were|be|of|with|if|to|keep|at|than))\s{1,3}is(?=\s(?:about|at most|at least|less than|more than)\s)`,
    '',
  ),
  words(String.raw`\+`, ' plus '),
  words(String.raw`${wordBegins}[~∼]\s?(?=[\d$€£₩¥])`, 'about '),
];
