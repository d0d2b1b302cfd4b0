import type { Body } from '../create/to-body.ts';

interface Program {
  title: string;
  /** A whole program that makes a video, waits for it and prints its address. */
  write(base: string, body: Body): string;
}

const json = (body: Body) => JSON.stringify(body, null, 2);
/** A text between single quotes of a shell. */
const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
/** JSON is Python but for these words. */
const python = (body: Body) =>
  json(body).replace(/: (true|false)(?=,?$)/gm, (_, word) => (word === 'true' ? ': True' : ': False'));

/** The same request in three languages; each needs nothing that has to be installed. */
export const programs = {
  curl: {
    title: 'cURL',
    write: (base, body) => `id=$(curl -s ${base}/api/v1/tasks \\
  -H "Authorization: Bearer $STILLROAR_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d ${quote(json(body))} | grep -oE '"id":"[0-9a-f]{24}"' | head -n 1 | cut -d '"' -f 4)

while sleep 1; do
  task=$(curl -s ${base}/api/v1/tasks/$id -H "Authorization: Bearer $STILLROAR_API_KEY")
  echo "$task" | grep -qE '"state":"(queued|processing)"' || break
done
echo "$task" | grep -oE '"url":"[^"]+"' | head -n 1 | cut -d '"' -f 4
`,
  },
  javascript: {
    title: 'JavaScript',
    write: (base, body) => `// node animate.mjs
const headers = {
  authorization: \`Bearer \${process.env.STILLROAR_API_KEY}\`,
  'content-type': 'application/json',
};
const body = JSON.stringify(${json(body)});
const answer = await fetch('${base}/api/v1/tasks', { method: 'POST', headers, body });
let task = await answer.json();
if (!answer.ok) throw new Error(task.detail);
while (['queued', 'processing'].includes(task.state)) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  task = await (await fetch(\`${base}/api/v1/tasks/\${task.id}\`, { headers })).json();
}
if (task.error) throw new Error(task.error.message);
console.log(task.outputs[0].url);
`,
  },
  python: {
    title: 'Python',
    write: (base, body) => `import json, os, time, urllib.request

def call(path, body=None):
    request = urllib.request.Request("${base}/api/v1/" + path, json.dumps(body).encode() if body else None)
    request.add_header("Authorization", "Bearer " + os.environ["STILLROAR_API_KEY"])
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

task = call("tasks", ${python(body)})
while task["state"] in ("queued", "processing"):
    time.sleep(1)
    task = call("tasks/" + task["id"])
if task["error"]:
    raise SystemExit(task["error"]["message"])
print(task["outputs"][0]["url"])
`,
  },
} satisfies Record<string, Program>;
