export { predefined } from './base/predefined.js';
export { type WebhookTarget } from './base/webhook-sender.js';
export { type BaseControl, type RemoteBaseControl } from './control/base-control.js';
export { type BaseSettings } from './control/create-base.js';
export { connectDilovodControl } from './control/remote-control.js';
export { type DocumentState } from './control/state-verbs.js';
export { type DilovodSimulator, startDilovodSimulator } from './simulator.js';
export { defaultSwitches, parseSwitches, type SwitchDefinition, type Switches, type SwitchName, switchNames, switchTable } from './switches.js';
