// Checks the forms of Kubernetes and Argo by their schemas, and that the check would see a fault.
// To be copied to where the packages are: node validate.mjs DEPLOY
import { readFileSync } from "node:fs";
import { Workflow } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1";
import yaml from "js-yaml";
import { Job } from "kubernetes-models/batch/v1";

const [folder] = process.argv.slice(2);
let failed = 0;
for (const [file, Kind, spoil] of [
    ["kubernetes/job.yaml", Job, job => { job.spec.completions = "many"; }],
    ["argo/workflow.yaml", Workflow, workflow => { workflow.spec.templates = "none"; }],
]) {
    const form = yaml.load(readFileSync(`${folder}/${file}`, "utf8"));
    new Kind(form).validate();
    spoil(form);
    try {
        new Kind(form).validate();
        console.log(`${file}: the schema sees no fault where there is one`);
        failed++;
    } catch (error) {
        console.log(`${file}: as its schema says`);
    }
}

process.exitCode = failed;
