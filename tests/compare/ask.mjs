/* Answers questions to the browser's half of comparing, one JSON value a line. */
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

await import(pathToFileURL(process.argv[2]));
const diff = globalThis.pmdocsDiff;

function version(side) {
  return new Map(side.documents.map((file) => [file.id, diff.readDocument(file, side.words)]));
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const question = JSON.parse(line);
    answer = "before" in question
      ? diff.wordDifference(question.before, question.after)
      : diff.difference(version(question.old), version(question.new));
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  console.log(JSON.stringify(answer));
}
