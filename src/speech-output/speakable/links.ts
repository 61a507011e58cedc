import type { Language } from '../../speech-to-text/contract.js';
import { applyRules, type Rule, rule } from './rule.js';

const signs = { en: { dot: ' dot ', at: ' at ' }, ko: { dot: ' 닷 ', at: ' 골뱅이 ' } } as const;

/** Endings of web addresses and of files that are said with their dot. */
const domains = 'com|org|net|edu|gov|io|ai|dev|app|info|me|tv|co|kr|uk|us|jp|de|fr|eu|cn|ca|au';
const files =
  'js|ts|py|md|tar|gz|jar|iso|dmg|svg|log|toml|ini|xml|bin|apk|sql|php|bashrc|env|txt|pdf|docx?|xlsx?|csv|json|ya?ml|html?|css|sh|exe|zip|png|jpe?g|gif|mp3|mp4|wav|cpp|java|rs|go|gguf';
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61})';

/** Says a web address by its domain, and the dots of names. */
export function sayLinks(line: string, language: Language): string {
  return line.includes('.') || line.includes('@') || line.includes('://') ? applyRules(line, rules[language]) : line;
}

const rules = { en: linkRules('en'), ko: linkRules('ko') } as const;

function linkRules(language: Language): Rule[] {
  const { dot, at } = signs[language];
  const host = (name: string) => name.replace(/^www\./i, '').replaceAll('.', dot);
  return [
    rule(
      String.raw`(?<scheme>https?|ftp|wss?|mqtts?):\/\/(?:[^\s\/@<>]{0,100}@)?(?<host>[^\s\/?#:<>()"'\]]{1,253})(?<rest>[^\s<>"\]]{0,1500})`,
      (part) => host(part('host').replace(/[.,;!]+$/, '')) + afterwards(part('host') + part('rest')),
      'giu',
    ),
    rule(String.raw`(?<user>[\p{L}\p{N}._+-]{1,64})@(?<host>${label}(?:\.${label}){1,4})`, (part) => {
      return part('user').replaceAll('.', dot).replaceAll('_', ' ') + at + host(part('host'));
    }),
    rule(
      String.raw`(?<![\p{L}\p{N}.@-])(?<host>(?:${label}\.){1,4}(?:${domains}))(?<path>\/[^\s<>()"'\]]{0,500})?(?![\p{Script=Latin}\p{N}]|\.\p{L})`,
      (part) => host(part('host')) + afterwards(part('path')),
      'giu',
    ),
    rule(
      String.raw`(?<![\p{L}\p{N}.@-])(?<name>[\p{L}\p{N}_-]{1,64}(?:\.(?:tar|min|test|config|d))?)\.(?<ending>${files})(?![\p{Script=Latin}\p{N}]|\.\p{L})`,
      (part) => {
        return part('name').replaceAll('_', ' ').replaceAll('.', dot) + dot + part('ending');
      },
      'giu',
    ),
    rule(String.raw`(?<=^|[\s/("'])\.(?=\p{Ll}{2})`, () => dot),
    rule(String.raw`(?<![\p{L}\p{N}])\.(?<name>NET|${files})(?![\p{L}\p{N}])`, (part) => `${dot}${part('name')}`),
  ];
}

/** The punctuation of the sentence that stuck to the address. */
function afterwards(address: string): string {
  return /[.,;:!?)]{1,3}$/.exec(address)?.[0] ?? '';
}
