import { topicRoot } from '../../src/handoff/topics.js';

/** Who there is; each name is the name of an account and the name in topics. */
export interface Accounts {
  readonly devices: readonly string[];
  readonly hosts: readonly string[];
  /** May look at everything's status and send commands to devices: a home automation, say. */
  readonly controllers: readonly string[];
}

type Access = 'read' | 'write' | 'readwrite';
type Rule = readonly [Access, string];

/**
 * Mosquitto's access list. Each account has a section of its own, with its name written out: patterns (`%u`) hold for every account, and
 * so could not keep an account of a device from the topics of a host that has the same name.
 */
export function accessList({ devices, hosts, controllers }: Accounts): string {
  const sections = [
    ...devices.map((name) => section(name, 'device', deviceRules(name))),
    ...hosts.map((name) => section(name, 'host', hostRules(name))),
    ...controllers.map((name) => section(name, 'controller', controllerRules(name))),
  ];
  return `# Written by scripts/mosquitto/setup: run it again to add accounts.\n# Whoever has no section here may do nothing.\n\n${sections.join('\n')}`;
}

function section(name: string, role: string, rules: readonly Rule[]): string {
  return [`# ${role}`, `user ${name}`, ...rules.map(([access, topic]) => `topic ${access} ${topicRoot}/${topic}`), ''].join('\n');
}

const everybodysStatus: readonly Rule[] = [
  ['read', 'hosts/+/status'],
  ['read', 'devices/+/status'],
];

/** Asking how far the hosts are, as oneself. */
const pings = (name: string): readonly Rule[] => [
  ['write', `hosts/+/pings/${name}`],
  ['read', `replies/${name}/+`],
];

function deviceRules(name: string): readonly Rule[] {
  return [
    ...everybodysStatus,
    ...pings(name),
    ['write', `requests/+/${name}`],
    ['write', `hosts/+/requests/${name}`],
    ['write', `cancels/${name}/+`],
    ['write', `resends/${name}/+`],
    ['write', `devices/${name}/status`],
    ['read', `devices/${name}/commands`],
    ['readwrite', 'claims/+'],
  ];
}

function hostRules(name: string): readonly Rule[] {
  return [
    ...everybodysStatus,
    ...pings(name),
    ['write', `hosts/${name}/status`],
    ['readwrite', `hosts/${name}/probe`],
    ['read', `hosts/${name}/requests/+`],
    ['read', `hosts/${name}/pings/+`],
    ['read', 'requests/+/+'],
    ['read', 'cancels/+/+'],
    ['read', 'resends/+/+'],
    ['write', 'replies/+/+'],
  ];
}

function controllerRules(name: string): readonly Rule[] {
  return [...everybodysStatus, ...pings(name), ['write', 'devices/+/commands']];
}
