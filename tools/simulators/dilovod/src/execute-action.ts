import { type Base } from './base/base.js';
import { type Session } from './base/session.js';
import { describeObject, getObject } from './documents/get-object.js';
import { saleOrderCreate } from './documents/sale-order-create.js';
import { saveObject } from './documents/save-object.js';
import { setDelMark } from './documents/set-del-mark.js';
import { getMetadata, listMetadata } from './metadata/answer-metadata.js';
import { toReference } from './metadata/stored-value.js';
import { membersOf, type Packet } from './packet.js';
import { Refusal } from './refusal.js';
import { describeFrom } from './request/open-table.js';
import { request } from './request/request.js';

/** The JSON answer to a call; a refusal is an answer too. */
export function executeAction(base: Base, session: Session, packet: Packet): unknown {
  try {
    return answer(base, session, packet);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const isAccess = refusal.message.startsWith('Access to ');
    if (packet.action === 'call' && !isAccess) return { status: 'error', data: [], errorMessage: refusal.message };
    return { error: refusal.message, clientMessages: [] };
  }
}

/** What a call is named in logs and fault rules: the action, and what it works on. Updates are named by the type of the object. */
export function operationOf(base: Base, { action, params }: Packet): string {
  switch (action) {
    case 'request':
      return `request ${describeFrom(params['from'])}`;
    case 'saveObject': {
      const target = membersOf(params['header'])['id'];
      const type = base.schema.typeOfId(toReference(target) ?? '');
      return `saveObject ${type?.name ?? String(target)}`;
    }
    case 'call':
      return `call ${String(params['method'])}`;
    default:
      return action;
  }
}

function answer(base: Base, session: Session, { action, params }: Packet): unknown {
  switch (action) {
    case 'request':
      return request(base, session, params);
    case 'getObject':
      return getObject(base, session, params);
    case 'saveObject':
      return saveObject(base, session, params);
    case 'setDelMark':
      return setDelMark(base, session, params);
    case 'call':
      return call(base, session, params);
    case 'listMetadata':
      return listMetadata(base, params);
    case 'getMetadata':
      return getMetadata(base, params);
    case 'getStatistic':
      return getStatistic(params);
    default:
      throw new Refusal(`unknown action ${action}`);
  }
}

/** Statistics of a partner's integrations. That there are none to tell, and in what form, is an invention. */
function getStatistic({ type }: Readonly<Record<string, unknown>>): readonly never[] {
  if (type !== 'partnersIntegrations') throw new Refusal(`unknown statistic ${String(type)}`);
  return [];
}

function call(base: Base, session: Session, params: Readonly<Record<string, unknown>>): unknown {
  if (params['method'] !== 'saleOrderCreate') throw new Refusal(`method ${String(params['method'])} not allowed`);
  const order = saleOrderCreate(base, session, membersOf(params['arguments']));
  return { status: 'success', data: { ...describeObject(base, session, order), misc: null } };
}
