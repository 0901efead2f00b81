// The medians of Lighthouse's four scores over some runs: node median.mjs NAME RUN.json ...
import { readFileSync } from "node:fs";

const [name, ...files] = process.argv.slice(2);
const runs = files.map((file) => JSON.parse(readFileSync(file, "utf8")).categories);
const median = (key) =>
  runs.map((each) => Math.round(each[key].score * 100)).sort((a, b) => a - b)[runs.length >> 1];
console.log(Object.keys(runs[0]).map((key) => `${key} ${median(key)}`).join("  "), name);
