import type { Command } from '@kds/contracts';
import type { Observation } from '@kds/sync-domain';
import type { OrderStory } from './order-story.js';
import { withoutPersonalDetails } from './without-personal-details.js';

/** The story as it may be shown to anybody who may see orders: without what says who the buyer is. */
export function shownStory(story: OrderStory): OrderStory {
  const { keycrm, requests } = story;
  return withoutPersonalDetails({
    ...story,
    keycrm: { ...keycrm, observation: withoutCustomFields(keycrm.observation) },
    requests: requests.map((request) => ({ ...request, payload: withoutBuyer(request.payload) })),
  }) as OrderStory;
}

/** Shops keep anything in custom fields: addresses, names, remarks. */
function withoutCustomFields(observation: Observation): Observation {
  return observation.kind === 'present' ? { ...observation, order: { ...observation.order, fields: {} } } : observation;
}

function withoutBuyer(command: Command): unknown {
  return command.kind === 'find-person' || command.kind === 'create-person' ? { kind: command.kind } : command;
}
