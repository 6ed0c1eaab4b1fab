// Reads each BPMN file named on the command line and prints {file: {warnings, elements}} as JSON.
import { readFile } from "node:fs/promises";
import { BpmnModdle } from "bpmn-moddle";

const read = {};
for (const file of process.argv.slice(2)) {
  const { warnings, elementsById } = await new BpmnModdle().fromXML(await readFile(file, "utf8"));
  read[file] = { warnings: warnings.map((w) => w.message), elements: Object.keys(elementsById).length };
}
console.log(JSON.stringify(read));
