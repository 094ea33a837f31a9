/** Why this exists: the options of `cloister.config` and their defaults, as the loader itself has them. */
import { table } from './table.mjs';

const MINUTE = 60_000;
const UNITS = [
  ['d', 1440],
  ['h', 60],
  ['m', 1],
];

/**
 * @param {{ CONFIG_JSON_SCHEMA: object, parseConfig: (value: unknown) => object }} protocol as built.
 * @returns {string} Markdown.
 */
export function configurationPage({ CONFIG_JSON_SCHEMA, parseConfig }) {
  const { properties, required } = CONFIG_JSON_SCHEMA;
  const field = properties.collections.additionalProperties.additionalProperties;
  return `# Configuration

Generated from the schema in the code (\`npm run docs\`); do not edit.

\`cloister.config.json\` (or \`.ts\`, \`.mjs\`) is read by the vault and by the build of the frames, so that they cannot disagree.
Unknown keys are refused, with their JSON Pointer. Editors complete it with the JSON Schema in
\`node_modules/@cloister/protocol/dist/config.schema.json\`.

An origin is exact: scheme, host and port, such as \`https://shop.example\`, without a path, a slash at the end or a wildcard.
Plain \`http\` is accepted for loopback names only.

## Options

${optionTable({ properties, required })}

## Options of a field

${optionTable(field)}

\`reveal\`, from least to most: ${field.properties.reveal.enum.map(code).join(', ')}.

## Types and their defaults

${typeTable(field.properties, parseConfig)}
`;
}

function optionTable({ properties, required }) {
  const rows = Object.entries(properties).map(([name, schema]) => [
    code(name),
    required.includes(name) ? 'yes' : 'no',
    shapeOf(schema),
    schema.description ?? '',
  ]);
  return table(['option', 'required', 'value', 'meaning'], rows);
}

function shapeOf(schema) {
  if (schema.enum !== undefined) return schema.enum.map(code).join(' · ');
  if (schema.type === 'array') return `list of ${schema.minItems ?? 0} to ${schema.maxItems}: ${shapeOf(schema.items)}`;
  if (schema.propertyNames !== undefined) return 'object by name';
  return schema.format ?? typeWord(schema.type);
}

function typeWord(type) {
  return type === 'string' ? 'text' : type === 'boolean' ? '`true` · `false`' : type;
}

/** What the loader makes of a field that says its type and nothing else. */
function typeTable({ type: { enum: types }, disclose }, parseConfig) {
  const rows = types.map((type) => {
    const { reveal, keep } = loaded(parseConfig, { type }).config.collections.all.field;
    const facts = disclose.items.enum.filter((fact) => loaded(parseConfig, { type, disclose: [fact] }).ok);
    return [
      code(type),
      code(reveal),
      keep === null ? 'until it is deleted' : code(durationOf(keep)),
      facts.map(code).join(' ') || 'none',
    ];
  });
  return table(['type', 'reveal', 'keep', 'facts that it can disclose'], rows);
}

function loaded(parseConfig, field) {
  return parseConfig({
    hosts: ['https://shop.example'],
    elements: 'https://elements.shop.example',
    vault: 'https://vault.shop.example',
    collections: { all: { field } },
  });
}

function durationOf(milliseconds) {
  const minutes = milliseconds / MINUTE;
  const [unit, size] = UNITS.find(([, each]) => minutes % each === 0);
  return `${minutes / size}${unit}`;
}

function code(text) {
  return `\`${text}\``;
}
