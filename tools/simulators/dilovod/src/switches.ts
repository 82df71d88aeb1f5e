/** One thing that nobody public knows about the live service, and every way in which it could turn out. */
export interface SwitchDefinition {
  readonly positions: readonly (string | number)[];
  readonly default: string | number;
  /** Section of the API dossier that leaves the question open. */
  readonly section: string;
  readonly meaning: string;
}

const yesNo = ['yes', 'no'] as const;

/** Every switch of a base. Test matrices iterate over this table. */
export const switchTable = {
  reserveOnAutoPlacement: { positions: yesNo, default: 'yes', section: '12', meaning: 'saleOrderCreate with autoPlacement fills qtyReserve, qtyPurchase and placed.' },
  reserveBySaveObject: { positions: yesNo, default: 'no', section: '12', meaning: 'saveObject of an order with qtyReserve in rows and placed:1 reserves; otherwise what is sent there is dropped.' },
  reserveReleasedOnMark: { positions: yesNo, default: 'yes', section: '12', meaning: 'Marking an order releases its reserve; otherwise the reserve outlives the order.' },
  shipmentConsumesReserve: { positions: yesNo, default: 'yes', section: '12', meaning: 'A posted shipment lessens the reserve of its order.' },
  reserveFollowsState: { positions: yesNo, default: 'no', section: '12', meaning: 'An order that is posted in the state cancelled or done holds no reserve.' },
  saleOrderCreatePosted: { positions: ['posted', 'unposted'], default: 'posted', section: '8.1', meaning: 'State of an order made by saleOrderCreate.' },
  saleOrderCreateAmounts: { positions: ['recomputes', 'keeps'], default: 'recomputes', section: '8.1', meaning: 'saleOrderCreate computes priceAmount and amountCur from qty, price and discount, or keeps those that were sent.' },
  saleOrderCreateUnknownGood: { positions: ['refused', 'row-dropped'], default: 'refused', section: '8.1', meaning: 'What saleOrderCreate does with a row whose productNum or good does not exist.' },
  saleOrderCreateRowStorage: { positions: ['taken', 'ignored', 'refused'], default: 'taken', section: '8.1', meaning: 'What saleOrderCreate does with the storage of a row, which is not among the documented members.' },
  setDelMarkOnPosted: { positions: ['unposts', 'refuses', 'keeps-movements'], default: 'unposts', section: '7', meaning: 'Marking a posted document without unposting it first.' },
  markOrderWithShipments: { positions: ['allowed', 'refused'], default: 'allowed', section: '7', meaning: 'Marking an order that has live posted shipments.' },
  unpostOrderWithShipments: { positions: ['allowed', 'refused'], default: 'allowed', section: '15.2', meaning: 'Unposting an order that has live posted shipments.' },
  postMarked: { positions: ['refused', 'allowed'], default: 'refused', section: '7', meaning: 'Posting a document that is marked for deletion.' },
  saveType0OnPosted: { positions: ['keep', 'repost', 'unpost'], default: 'keep', section: '6', meaning: 'saveType 0 on a posted document: it stays posted with stale movements, is posted again, or is unposted.' },
  postedByHeaderFlag: { positions: yesNo, default: 'no', section: '6', meaning: 'posted:1 in the header posts, even with saveType 0.' },
  draftsNeedRequired: { positions: yesNo, default: 'yes', section: '2', meaning: 'Required attributes are demanded of unposted documents too.' },
  businessRequired: { positions: yesNo, default: 'no', section: '17', meaning: 'The base demands business in orders, shipments and returns.' },
  orderWithoutStorage: {
    positions: ['accepted', 'refused'],
    default: 'accepted',
    section: '17',
    meaning: 'An order that names a storage neither in its header nor in its rows.',
  },
  baseFillsOrder: {
    positions: yesNo,
    default: 'yes',
    section: '17',
    meaning: 'The base fills rate, department, settlementsKind and the accGood of rows of an order that lacks them.',
  },
  headerEmptying: {
    positions: ['taken', 'ignored', 'refused'],
    default: 'taken',
    section: '6',
    meaning: 'An update with an empty text, date or reference in the header: emptied, left as it is, or refused.',
  },
  numberUnique: { positions: yesNo, default: 'no', section: '6', meaning: 'A second document of the type with the same number is refused.' },
  explicitNumberKept: { positions: yesNo, default: 'yes', section: '15.6', meaning: 'A number sent on creation is kept; otherwise auto-numbering overrides it.' },
  automaticNumbers: { positions: ['zero-padded', 'firm-prefix'], default: 'zero-padded', section: '9', meaning: 'Numbers that the base gives to documents: ten digits, or the prefix of a firm and eight.' },
  tablePartRowIds: { positions: ['new', 'kept'], default: 'new', section: '6', meaning: 'Rows sent with the id of an existing row get a new id, or keep it.' },
  unknownRowField: { positions: ['ignore', 'error'], default: 'ignore', section: '6', meaning: 'A field that table rows do not have.' },
  saleRowStorage: {
    positions: ['unknown', 'known'],
    default: 'unknown',
    section: '17',
    meaning: 'Rows of shipments have a storage of their own.',
  },
  saleReturnRowFields: {
    positions: ['sent-by-clients', 'as-order'],
    default: 'sent-by-clients',
    section: '17',
    meaning: 'Rows of returns have the fields that clients send, or also storage, discount and others.',
  },
  metadataTableParts: {
    positions: ['absent', 'described'],
    default: 'absent',
    section: '8.2',
    meaning: 'getMetadata says nothing of table parts, or describes them in tableParts, which is an invention.',
  },
  amountsRecalculated: { positions: ['missing', 'always', 'never'], default: 'missing', section: '11.2', meaning: 'When saveObject computes row amounts: where a row lacks them, always, or never.' },
  returnLink: { positions: ['optional', 'either', 'baseDoc', 'contract', 'both-required'], default: 'optional', section: '17', meaning: 'Link that a return must carry: the shipment in baseDoc, the order in contract.' },
  returnCostFrom: { positions: ['baseDoc', 'contract', 'average'], default: 'baseDoc', section: '11.4', meaning: 'Where the cost of returned goods comes from: the shipment in baseDoc, the shipments of the order in contract, the stock on hand. A missing link falls back to the stock on hand.' },
  returnOverShipped: { positions: ['allowed', 'refused'], default: 'allowed', section: '11.4', meaning: 'Returning more than the linked shipments took.' },
  stateOnShipment: { positions: ['unchanged', 'done'], default: 'unchanged', section: '15.4', meaning: 'State of an order after a shipment based on it is posted.' },
  negativeBalances: { positions: ['refused', 'allowed'], default: 'refused', section: '13.1', meaning: 'Posting without enough free stock.' },
  shortageCheckedAt: { positions: ['now', 'document-date'], default: 'now', section: '12', meaning: 'Moment whose stock a posted expense is compared with, and costed by.' },
  closedPeriodWrites: { positions: ['refused', 'accepted'], default: 'refused', section: '15.15', meaning: 'Writes to documents dated inside a closed period.' },
  productNumUnique: { positions: yesNo, default: 'no', section: '2', meaning: 'A second good with the same productNum is refused.' },
  phoneStoredAs: { positions: ['entered', 'digits'], default: 'entered', section: '11.1', meaning: 'The phone of a person is kept as entered, or reduced to digits.' },
  personContactsWritable: { positions: yesNo, default: 'yes', section: '11.1', meaning: 'Phone and email of a person can be set in the header; otherwise only details can, from which they are derived.' },
  personPhone: {
    positions: ['first', 'joined'],
    default: 'first',
    section: '11.1',
    meaning: 'The phone of a person is the first one in details, or all of them, joined by commas.',
  },
  detailsFilter: {
    positions: ['works', 'matches-nothing'],
    default: 'works',
    section: '4.3',
    meaning: 'Filters by the details of persons work like those by any text, or match nothing.',
  },
  multithreadScope: { positions: ['base', 'key'], default: 'base', section: '1.2', meaning: 'What one request at a time is counted for.' },
  multithreadStatus: { positions: [200, 500], default: 200, section: '1.2', meaning: 'HTTP status of the multithread refusal.' },
  blockAfterAbortMs: { positions: [0, 500, 3000, 30000], default: 0, section: '1.2', meaning: 'How long the base stays busy after a request whose caller went away.' },
  malformedPacketAnswer: { positions: ['error', 'html-500', 'empty'], default: 'error', section: '2', meaning: 'Answer to a packet that is missing or is no JSON.' },
  webhookDelivery: { positions: ['once', 'lost', 'doubled', 'delayed', 'reordered'], default: 'once', section: '8.3', meaning: 'What becomes of a change notice; reordered: every other one is delayed.' },
  webhookRetries: { positions: yesNo, default: 'no', section: '8.3', meaning: 'A notice that is not answered with success is sent again, three times at most.' },
  webhookEcho: { positions: ['on', 'off'], default: 'on', section: '8.3', meaning: 'Changes made through the API are notified too.' },
  webhookOnDelMark: { positions: ['on', 'off'], default: 'on', section: '8.3', meaning: 'Marking for deletion is notified.' },
  balanceZeroRows: { positions: ['absent', 'present'], default: 'absent', section: '13.1', meaning: 'Rows of a balance whose resources are all zero.' },
  balanceResourceNames: { positions: ['plain', 'final'], default: 'plain', section: '13', meaning: 'A balance calls its resources qty and amount, or qtyFinal and amountFinal.' },
  requestRowCap: { positions: ['none', 5000, 500], default: 'none', section: '1.3', meaning: 'Rows after which an answer is cut without a word.' },
  longLists: { positions: ['taken', 'cut', 'refused'], default: 'taken', section: '1.3', meaning: 'An IL list of more than 50 values: all of them count, only the first 50 do, or it is refused.' },
  naturalOrder: { positions: ['id', 'change', 'random'], default: 'id', section: '4.4', meaning: 'Order of rows: by id, by latest change (oldest first), or a new one in every request.' },
  equalsCaseSensitive: { positions: ['no', 'yes'], default: 'no', section: '4.3', meaning: 'Texts that differ in case differ for =, != and IL.' },
  containsCaseSensitive: { positions: ['no', 'yes'], default: 'no', section: '4.3', meaning: 'Texts that differ in case differ for % and !%.' },
  filterTrims: { positions: yesNo, default: 'yes', section: '15.11', meaning: 'Blanks around texts do not count in = and %.' },
  textLanguage: { positions: ['uk', 'ru'], default: 'uk', section: '4.2', meaning: 'Language in which multi-language texts and presentations are answered.' },
  orderStatesType: { positions: ['catalogs.goodsDocStates', 'catalogs.saleOrderStates'], default: 'catalogs.goodsDocStates', section: '11.1', meaning: 'Name of the type with id prefix 11115. Both are inventions: a client finds the name by the prefix. Fixed when the base is created.' },
} as const satisfies Record<string, SwitchDefinition>;

export type SwitchName = keyof typeof switchTable;

/** The position of every switch of a base. */
export type Switches = { readonly [Name in SwitchName]: (typeof switchTable)[Name]['positions'][number] };

export const switchNames = Object.keys(switchTable) as SwitchName[];

export const defaultSwitches = Object.fromEntries(switchNames.map((name) => [name, switchTable[name].default])) as Switches;

/** Takes switch positions from outside. Throws one error that names every unknown switch and every position that a switch does not have. */
export function parseSwitches(positions: Readonly<Record<string, unknown>>): Partial<Switches> {
  const mistakes: string[] = [];
  for (const [name, position] of Object.entries(positions)) {
    const definition: SwitchDefinition | undefined = Object.hasOwn(switchTable, name) ? switchTable[name as SwitchName] : undefined;
    if (!definition) mistakes.push(`no switch ${name}`);
    else if (!definition.positions.some((known) => known === position)) mistakes.push(`${name} is one of ${definition.positions.join(', ')}, not ${String(position)}`);
  }
  if (mistakes.length > 0) throw new Error(mistakes.join('; '));
  return positions as Partial<Switches>;
}
