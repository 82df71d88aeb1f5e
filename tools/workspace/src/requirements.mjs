/** What the system must do, by the ids that names of tests begin with: `test('A9 F2: …')`. Titles are for finding one's way; the tests say what is meant. */
export const sections = [
  {
    letter: 'A',
    title: 'Orders, from KeyCRM to Dilovod',
    requirements: {
      A1: 'A confirmed order becomes a posted order document',
      A2: 'A dispatched order is written off, from each warehouse',
      A3: 'A completed order has everything, made now if need be',
      A4: 'A cancelled order leaves no order document',
      A5: 'A returned order has its goods back',
      A6: 'Each client maps statuses to stages, and changes them at any time',
      A7: 'The present state counts, never the way to it',
      A8: 'Goods leave the right warehouse',
      A9: 'Once, whatever is lost, repeated or killed',
      A10: 'Whole or held, with the reason',
      A11: 'Money to the kopeck',
      A12: 'The buyer, whole and once',
      A13: 'Edits after export, and after shipment',
      A14: 'Reserve: asked for, checked, told',
      A15: 'Shown to managers in KeyCRM',
      A16: 'Left alone: what is older, what is not mapped',
      A17: 'Orders that KeyCRM has no more',
    },
  },
  {
    letter: 'B',
    title: 'Stock and prices, from Dilovod to KeyCRM',
    requirements: {
      B1: 'Each flow at its pace',
      B2: 'Only differences, in few requests',
      B3: 'Nothing shown that is on its way out',
      B4: 'Retail price and cost, each by itself',
      B5: 'Never weight or dimensions',
      B6: 'Goods are matched by SKU, never guessed',
      B7: 'A run that looks wrong is held whole',
      B8: 'What was written is read back',
      B9: 'Nothing is deleted',
    },
  },
  { letter: 'C', title: 'Goods', requirements: { C1: 'First load, both ways', C2: 'What only a file can bring', C3: 'New goods' } },
  {
    letter: 'D',
    title: 'Taking a client live',
    requirements: { D1: 'Check', D2: 'Discover', D3: 'Compare', D4: 'Shadow', D5: 'Pilot', D6: 'Back-fill' },
  },
  {
    letter: 'E',
    title: 'Many clients, unattended',
    requirements: {
      E1: 'No client delays another',
      E2: 'Limits of the APIs, and what goes first',
      E3: 'A client is a manifest',
      E4: 'Services deploy, scale and restart alone',
      E5: 'Metrics, dashboards, alerts',
      E6: "An order's whole story",
      E7: 'Everything held is listed, and let go or dropped',
    },
  },
  {
    letter: 'F',
    title: 'Trust',
    requirements: {
      F1: 'The ledger is enough',
      F2: 'Anything may be killed',
      F3: 'Secrets and personal data',
      F4: 'Webhooks',
      F5: 'Answers are not trusted',
      F6: 'Clients are isolated',
    },
  },
];

/** Requirements that must have a test by now; every id of a section that is named here. */
export const provedSections = ['A', 'B'];
