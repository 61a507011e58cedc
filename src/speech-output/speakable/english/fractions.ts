import { type Rule, rule } from '../rule.js';
import { amountWords, numberWords } from './numberWords.js';

const alone = String.raw`(?<![\p{L}\d./,:-])`;
const over = String.raw`(?![\p{L}\d/]|[.,]\d)`;

export const fractionRules: readonly Rule[] = [
  rule(String.raw`${alone}(?<amount>(?:\d{1,3}[ ]?)?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])`, (part) => amountWords(part('amount')).words),
  rule(`${alone}24/7${over}`, () => 'twenty-four seven'),
  rule(
    String.raw`${alone}(?<amount>\d{1,3}[ ](?:1/[234568]|2/[35]|3/[458]|5/[68]|7/8))${over}`,
    (part) => amountWords(part('amount')).words,
  ),
  rule(
    String.raw`${alone}(?<score>\d{1,3}(?:\.\d)?)/(?<best>5|10|100)(?=\s(?:stars?|points?|people|rating|score|times|patients|users|dentists|doctors|customers|students|children|adults|women|men)|[.,;:!?)]|\s[(–—-]|$)`,
    (part) =>
      `${numberWords(part('score'))} ${Number(part('score')) > Number(part('best')) ? 'over' : 'out of'} ${numberWords(part('best'))}`,
  ),
  rule(String.raw`${alone}(?<top>\d{1,3})/(?<bottom>\d{1,3})${over}`, (part) => {
    const [top, bottom] = [Number(part('top')), Number(part('bottom'))];
    const said = top > 0 && top < bottom && (bottom <= 100 || bottom === 1000);
    return said ? amountWords(part('match')).words : `${numberWords(part('top'))} over ${numberWords(part('bottom'))}`;
  }),
];
