/** Both simulators with one shop, whose Tenant is put where the services look for tenants. Its base URLs are those that the gateways' relays listen on. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDilovodSimulator } from '@kds/dilovod-simulator';
import { startKeycrmSimulator } from '@kds/keycrm-simulator';
import { SimulatedShop } from '@kds/simulated-shop';

const [keycrm, dilovod] = await Promise.all([startKeycrmSimulator({ host: '0.0.0.0', port: 4010 }), startDilovodSimulator({ host: '0.0.0.0', port: 4020 })]);

const shop = SimulatedShop.open(
  { keycrm, dilovod },
  {
    name: 'simulated-shop',
    goods: [
      { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [25, 10] },
      { sku: 'BL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [12, 0] },
    ],
  },
);
shop.subscribe('http://keycrm-gateway:8080');

const spec = shop.spec();
const manifest = shop.manifest({
  keycrm: { ...spec.keycrm, baseUrl: 'http://127.0.0.1:4010/v1' },
  dilovod: { ...spec.dilovod, baseUrl: 'http://127.0.0.1:4020' },
});
await writeFile(join(process.env.KDS_TENANTS_DIR ?? '.', `${shop.name}.yaml`), manifest);
process.stdout.write(`${JSON.stringify({ msg: 'ready', keycrm: keycrm.controlUrl, dilovod: dilovod.controlUrl, shop: shop.name })}\n`);

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void Promise.all([keycrm.close(), dilovod.close()]));
