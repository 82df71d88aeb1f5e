import { type Switches } from '../switches.js';
import { catalogTypes } from './catalog-types.js';
import { documentTypes } from './document-types.js';
import { type Field } from './field.js';
import { informationRegisters } from './register-types.js';
import { type TypeDefinition } from './type-definition.js';

/** The types of one base. The vendor renames attributes without notice, so a base can change its own while it runs. */
export class Schema {
  private readonly types = new Map<string, TypeDefinition>();
  private readonly namesByPrefix = new Map<string, string>();

  constructor(switches: Switches) {
    const catalogs = catalogTypes(switches.orderStatesType);
    for (const type of [...catalogs, ...documentTypes(switches), ...informationRegisters]) {
      const id: Field = { kind: 'ref', to: [type.name] };
      this.types.set(type.name, { ...type, header: { id, ...type.header } });
      this.namesByPrefix.set(type.prefix, type.name);
    }
  }

  find(name: string): TypeDefinition | undefined {
    return this.types.get(name);
  }

  load(name: string): TypeDefinition {
    const type = this.types.get(name);
    if (!type) throw new Error(`This base has no type ${name}`);
    return type;
  }

  /** The type that an id says it belongs to. */
  typeOfId(id: string): TypeDefinition | undefined {
    const name = /^\d{16}$/.test(id) ? this.namesByPrefix.get(id.slice(0, 5)) : undefined;
    return name === undefined ? undefined : this.types.get(name);
  }

  all(): readonly TypeDefinition[] {
    return [...this.types.values()];
  }

  /** Gives table rows the attributes of these positions. Headers stay, under the names that they have by now. */
  follow(switches: Switches): void {
    for (const { name, parts } of documentTypes(switches)) this.types.set(name, { ...this.load(name), parts });
  }

  /** Renames a header attribute. Throws when the type has no such attribute. */
  renameField(typeName: string, from: string, to: string): void {
    const type = this.load(typeName);
    if (!type.header[from]) throw new Error(`${typeName} has no attribute ${from}`);
    const header = Object.fromEntries(Object.entries(type.header).map(([name, field]) => [name === from ? to : name, field]));
    this.types.set(typeName, { ...type, header });
  }
}
