import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A folder imports from itself and from those before it. */
const FOLDERS = [
  "error.ts",
  "money",
  "time",
  "contract",
  "period",
  "usage",
  "price",
  "charge",
  "document",
  "invoice",
  "change",
  "what-if",
  "cli",
];
/** The two entries stand above all folders; only the command line may be built on them. */
const ENTRIES = ["index.ts", "periods.ts"];

/** Packages and the files that may import them. */
const PACKAGES: readonly (readonly [name: RegExp, allowedIn: RegExp])[] = [
  [/^valibot$/, /./],
  [/^(commander|picocolors|cli-table3|csv-stringify\/sync)$/, /^cli\//],
  [/^node:/, /^cli\//],
];
/** Functions of date-fns that work on instants alone: none of them reads the process's time zone. */
const DATE_FNS = (
  "milliseconds addMilliseconds addSeconds addMinutes subMilliseconds isBefore isAfter isEqual min max clamp compareAsc compareDesc " +
  "differenceInMilliseconds areIntervalsOverlapping isWithinInterval isDate isValid"
).split(" ");

/** Globals through which the clock, the environment, the locale or the outside world would come in. */
const IMPURE_GLOBALS =
  "process performance navigator console fetch setTimeout setInterval setImmediate queueMicrotask require __dirname".split(
    " ",
  );
/** Properties that read the clock, chance, the locale or the process's time zone. */
const IMPURE_PROPERTIES = new Set(
  (
    "Date.now Date.parse Math.random getFullYear getMonth getDate getDay getHours getMinutes getSeconds " +
    "getMilliseconds getYear getTimezoneOffset setFullYear setMonth setDate setHours setMinutes setSeconds " +
    "setMilliseconds toDateString toTimeString toLocaleString toLocaleDateString toLocaleTimeString localeCompare " +
    "toLocaleLowerCase toLocaleUpperCase"
  ).split(" "),
);

const program = ts.createProgram(
  filesUnder("src").map((name) => join(root, "src", name)),
  {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
  },
);
const checker = program.getTypeChecker();

interface Source {
  readonly name: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Specifiers of its imports and re-exports; types too, unless `runtime` says otherwise. */
  readonly imports: readonly { readonly specifier: string; readonly runtime: boolean }[];
}

const sources: readonly Source[] = filesUnder("src").map((name) => {
  const tree = program.getSourceFile(join(root, "src", name));
  if (tree === undefined) throw new Error(`TypeScript did not read src/${name}`);
  return { name, text: tree.text, tree, imports: importsOf(tree) };
});
const pureSources = sources.filter(({ name }) => !name.startsWith("cli/"));

describe("imports", () => {
  test("go from a folder to the folders before it", () => {
    expect(
      sources.flatMap(({ name, imports }) =>
        imports
          .filter(({ specifier }) => specifier.startsWith("."))
          .map(({ specifier }) => normalize(join(dirname(name), specifier)))
          .filter((target) => !mayImport(name, target))
          .map((target) => `${name} imports ${target}`),
      ),
    ).toEqual([]);
  });

  test("never form a cycle", () => {
    const graph = new Map(sources.map((source) => [source.name, targetsOf(source)]));
    expect(cyclesOf(graph)).toEqual([]);
  });

  test("of packages are only those that the file may have", () => {
    expect(
      sources.flatMap(({ name, imports }) =>
        imports
          .map(({ specifier }) => specifier)
          .filter((specifier) => !specifier.startsWith(".") && !mayImportPackage(name, specifier))
          .map((specifier) => `${name} imports ${specifier}`),
      ),
    ).toEqual([]);
  });

  test("keep money out of what computes periods", () => {
    const reached = ["periods.ts", "contract/parse-schedule.ts"].flatMap((name) => [...reachableFrom(name)]);
    const amounts = ["money/amounts.ts", "money/integer.ts", "money/currency.ts", "contract/price.ts"];
    expect(reached.filter((name) => amounts.includes(name))).toEqual([]);
  });
});

describe("files", () => {
  test("lie in the folders of the design and are named in kebab-case", () => {
    const misplaced = sources
      .map(({ name }) => name)
      .filter((name) => rankOf(name) < 0 || !/^(?:[a-z][a-z-]*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(name));
    expect(misplaced).toEqual([]);
  });

  test("are never an index inside a folder, nor utils or helpers", () => {
    const unnamed = sources
      .map(({ name }) => name)
      .filter((name) =>
        /\/index\.ts$|(?:^|[/-])(?:utils?|helpers?|misc|common|shared)(?:-|\.ts$|\/)/.test(name),
      );
    expect(unnamed).toEqual([]);
  });

  test("hold no default export, enum, `any` or namespace, and one class: the error", () => {
    expect(
      found(sources, (node, { name }) => {
        if (ts.isExportAssignment(node)) return "default export";
        if (ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.DefaultKeyword))
          return "default export";
        if (ts.isExportSpecifier(node) && node.name.text === "default") return "default export";
        if (ts.isEnumDeclaration(node)) return "enum";
        if (ts.isModuleDeclaration(node)) return "namespace";
        if (node.kind === ts.SyntaxKind.AnyKeyword) return "any";
        if (ts.isClassLike(node) && !(name === "error.ts" && node.name?.text === "BillingError"))
          return "class";
        return null;
      }),
    ).toEqual([]);
  });

  test("give a reason for every `!`, on its line or at most two above", () => {
    expect(
      found(sources, (node, { text, tree }) => {
        if (!ts.isNonNullExpression(node)) return null;
        const { line } = tree.getLineAndCharacterOfPosition(node.end);
        const lines = text.split("\n").slice(Math.max(line - 2, 0), line + 1);
        return lines.some((each) => each.includes("// ")) ? null : "! without a reason";
      }),
    ).toEqual([]);
  });

  test("have nothing left to do and no path of somebody's machine", () => {
    const everywhere = ["src", "test", "bench", "docs", "examples", "scripts"].flatMap((folder) =>
      filesUnder(folder, /\.(?:ts|mts|md|json)$/).map((name) => `${folder}/${name}`),
    );
    const others = readdirSync(root).filter(
      (name) => /\.(?:md|ts|json)$/.test(name) && name !== "package-lock.json",
    );
    const marks = /\b(?:TODO|FIXME|HACK)\b|(?:^|[\s"'`(])(?:\/(?:home|Users|tmp|root|work)\/|[A-Z]:\\)/;
    expect(
      [...everywhere, ...others]
        .filter((name) => name !== "test/guard.test.ts")
        .flatMap((name) =>
          readFileSync(join(root, name), "utf8")
            .split("\n")
            .flatMap((line, index) =>
              marks.test(line) ? [`${name}:${index + 1} ${line.trim().slice(0, 80)}`] : [],
            ),
        ),
    ).toEqual([]);
  });
});

describe("purity", () => {
  test("no clock, environment, chance or locale outside the command line", () => {
    expect(
      found(pureSources, (node) => {
        if (ts.isIdentifier(node) && IMPURE_GLOBALS.includes(node.text) && isGlobal(node)) return node.text;
        if (!ts.isPropertyAccessExpression(node)) return null;
        const property = node.name.text;
        const qualified = `${node.expression.getText()}.${property}`;
        return IMPURE_PROPERTIES.has(property) || IMPURE_PROPERTIES.has(qualified) ? qualified : null;
      }),
    ).toEqual([]);
  });

  test("Intl only where time zones are read", () => {
    expect(
      found(
        sources.filter(({ name }) => name !== "time/zone.ts"),
        (node) => (ts.isIdentifier(node) && node.text === "Intl" && isGlobal(node) ? "Intl" : null),
      ),
    ).toEqual([]);
  });

  test("a Date is only made from a number: a text without an offset would be read in the process's time zone", () => {
    expect(
      found(pureSources, (node) => {
        if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null;
        if (node.expression.getText() !== "Date") return null;
        const [argument, ...more] = node.arguments ?? [];
        if (ts.isCallExpression(node)) return "Date()";
        if (argument === undefined) return "new Date()";
        if (more.length > 0) return "new Date(year, month, ...)";
        const type = checker.getTypeAtLocation(argument);
        return (type.flags & ts.TypeFlags.NumberLike) === 0
          ? `new Date(${checker.typeToString(type)})`
          : null;
      }),
    ).toEqual([]);
  });
});

function filesUnder(folder: string, pattern = /\.ts$/): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => pattern.test(name))
      .map((name) => name.replaceAll("\\", "/"))
      .sort();
  } catch {
    return [];
  }
}

function importsOf(tree: ts.SourceFile): { specifier: string; runtime: boolean }[] {
  const imports: { specifier: string; runtime: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      imports.push({ specifier: node.moduleSpecifier.text, runtime: !isTypeOnlyImport(node) });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      imports.push({ specifier: node.moduleSpecifier.text, runtime: !node.isTypeOnly });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      imports.push({ specifier: node.argument.getText(tree).slice(1, -1), runtime: false });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      imports.push({ specifier: node.arguments[0]?.getText(tree).slice(1, -1) ?? "", runtime: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return imports;
}

function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.isTypeOnly) return true;
  const { name, namedBindings } = importClause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function rankOf(name: string): number {
  if (ENTRIES.includes(name)) return FOLDERS.indexOf("cli") - 0.5;
  return FOLDERS.indexOf(name.includes("/") ? name.slice(0, name.indexOf("/")) : name);
}

function mayImport(name: string, target: string): boolean {
  return rankOf(target) >= 0 && rankOf(target) <= rankOf(name);
}

function mayImportPackage(name: string, specifier: string): boolean {
  const dateFns = /^date-fns\/(\w+)$/.exec(specifier);
  if (dateFns !== null) return DATE_FNS.includes(String(dateFns[1]));
  return PACKAGES.some(([packageName, allowedIn]) => packageName.test(specifier) && allowedIn.test(name));
}

function targetsOf({ name, imports }: Source): string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier }) => normalize(join(dirname(name), specifier)));
}

function reachableFrom(start: string): Set<string> {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const source = sources.find((each) => each.name === name);
    if (reached.has(name) || source === undefined) return;
    reached.add(name);
    const runtime = source.imports.filter(({ runtime }) => runtime);
    for (const target of targetsOf({ ...source, imports: runtime })) visit(target);
  };
  visit(start);
  return reached;
}

function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      cycles.push([...trail.slice(trail.indexOf(name)), name].join(" -> "));
      return;
    }
    if (finished.has(name)) return;
    for (const target of graph.get(name) ?? []) visit(target, [...trail, name]);
    finished.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return cycles;
}

/** Where and what a rule objects to in the sources. */
function found(
  within: readonly Source[],
  objection: (node: ts.Node, source: Source) => string | null,
): string[] {
  return within.flatMap((source) => {
    const places: string[] = [];
    const visit = (node: ts.Node): void => {
      const problem = objection(node, source);
      if (problem !== null) {
        const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
        places.push(`src/${source.name}:${line + 1} ${problem}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source.tree);
    return places;
  });
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

/** Whether an identifier stands for the global of its name: not a property, a key or something declared here. */
function isGlobal(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return parent.expression.getText() === "globalThis";
  }
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isBindingElement(parent)) {
    if (parent.name === node) return false;
  }
  const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
  return declarations.every(
    (declaration) => !declaration.getSourceFile().fileName.startsWith(join(root, "src")),
  );
}
