import { parse } from 'libpg-query'

type Tree = { [key: string]: unknown }
/** What a part of a statement may name: relations of the levels around it, and common table expressions. */
type Scope = { outer: ReadonlySet<string>; ctes: ReadonlySet<string> }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const tree = (value: unknown): Tree => (isTree(value) ? value : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const LEVELS = ['SelectStmt', 'UpdateStmt', 'DeleteStmt', 'InsertStmt']

/**
 * What a statement breaks of the rules that keep it on one machine where tables are distributed by org_id (DISTRIBUTED
 * §4, §6): each of `tables` is bound to one org by equality at its own level, directly or over a join; org_id is in no
 * set list; set_config is called in functions only; our own `functions` are called bare.
 */
export async function breaches(
  sql: string,
  { tables, functions = [] }: { tables: readonly string[]; functions?: readonly string[] },
): Promise<string[]> {
  const found: string[] = []
  const known = new Set(tables)
  for (const { stmt } of (await parse(sql)).stmts ?? []) walk(stmt, { outer: new Set(), ctes: new Set() })
  return found

  function walk(node: unknown, scope: Scope): void {
    if (Array.isArray(node)) for (const each of node) walk(each, scope)
    else if (isTree(node))
      for (const [key, value] of Object.entries(node)) {
        if (key === 'FuncCall') called(tree(value))
        if (LEVELS.includes(key)) level(tree(value), scope)
        else walk(value, scope)
      }
  }

  function called({ funcname }: Tree) {
    const name = text(tree(tree(list(funcname).at(-1)).String).sval)
    if (name === 'set_config' && functions.length > 0) found.push('set_config outside a function')
  }

  /** One select, update, delete or insert; what lies in it is walked with its relations in sight. */
  function level(body: Tree, { outer, ctes }: Scope) {
    // The halves of a union are levels without a name of their own.
    for (const half of [body.larg, body.rarg]) if (isTree(half)) level(half, { outer, ctes })
    const queries = list(tree(body.withClause).ctes).map((each) => tree(tree(each).CommonTableExpr))
    const inside = new Set([...ctes, ...queries.map((each) => text(each.ctename))])
    const relations = new Map<string, string>()
    const conditions = conjuncts(body.whereClause)
    const add = (variable: Tree) => {
      const name = text(variable.relname)
      if (known.has(name) && !inside.has(name)) relations.set(text(tree(variable.alias).aliasname) || name, name)
    }
    const take = (item: unknown) => {
      const { RangeVar, JoinExpr } = tree(item)
      if (isTree(RangeVar)) add(RangeVar)
      if (!isTree(JoinExpr)) return
      take(JoinExpr.larg)
      take(JoinExpr.rarg)
      conditions.push(...conjuncts(JoinExpr.quals))
    }
    for (const item of [...list(body.fromClause), ...list(body.usingClause)]) take(item)
    const isInsert = 'cols' in body || 'onConflictClause' in body || 'selectStmt' in body
    if (isTree(body.relation) && !isInsert) add(body.relation)
    const sets = isInsert ? tree(body.onConflictClause).targetList : isTree(body.relation) ? body.targetList : []
    for (const each of list(sets)) if (tree(tree(each).ResTarget).name === 'org_id') found.push('org_id in a set list')
    for (const [alias, name] of unbound(relations, conditions, outer))
      found.push(`${name}${alias === name ? '' : ` ${alias}`} is not bound to an org`)
    bare(body)
    const { larg: _, rarg: __, ...rest } = body
    walk(rest, { outer: new Set([...outer, ...relations.keys()]), ctes: inside })
  }

  /** `select f(…)` and `select … from f(…)` go whole to one worker; a call within an expression does not. */
  function bare({ targetList }: Tree) {
    for (const target of list(targetList)) {
      const value = tree(tree(tree(target).ResTarget).val)
      const nested = JSON.stringify(isTree(value.FuncCall) ? tree(value.FuncCall).args : value) ?? ''
      for (const name of functions)
        if (nested.includes(`"funcname":[{"String":{"sval":"${name}"}}]`)) found.push(`${name} is not called bare`)
    }
  }
}

/** The parts of a condition that all have to hold. */
function conjuncts(node: unknown): Tree[] {
  const { BoolExpr } = tree(node)
  if (!isTree(BoolExpr)) return isTree(node) ? [node] : []
  return BoolExpr.boolop === 'AND_EXPR' ? list(BoolExpr.args).flatMap(conjuncts) : []
}

/** The relations whose org nothing says. */
function unbound(relations: Map<string, string>, conditions: Tree[], outer: ReadonlySet<string>) {
  const bound = new Set<string>()
  const joins: [string, string][] = []
  for (const { A_Expr } of conditions) {
    const { kind, name, lexpr, rexpr } = tree(A_Expr)
    if (tree(tree(list(name)[0]).String).sval !== '=') continue
    const right = kind === 'AEXPR_OP' ? rexpr : kind === 'AEXPR_OP_ANY' ? onlyOne(rexpr) : undefined
    if (!right) continue
    const sides = [sideOf(lexpr, relations), sideOf(right, relations)]
    const mine = sides.filter((side) => relations.has(side))
    const [one, other] = mine
    if (one && other) joins.push([one, other])
    else if (one && sides.some((side) => side === VALUE || (!relations.has(side) && outer.has(side)))) bound.add(one)
  }
  for (let grew = true; grew; ) {
    grew = false
    for (const [one, other] of joins) {
      if (bound.has(one) === bound.has(other)) continue
      bound.add(one).add(other)
      grew = true
    }
  }
  return [...relations].filter(([alias]) => !bound.has(alias))
}

const VALUE = '= value'

/** What an array has in it that is written out and has one thing in it: to equal any of these is to equal that. */
function onlyOne(node: unknown): unknown {
  const elements = list(tree(tree(node).A_ArrayExpr).elements)
  return elements.length === 1 ? elements[0] : undefined
}

/** Whose org_id one side of a comparison is: an alias; VALUE for a parameter, literal or variable; nothing else. */
function sideOf(node: unknown, relations: Map<string, string>): string {
  const { ColumnRef, ParamRef, A_Const, TypeCast } = tree(node)
  if (isTree(TypeCast)) return sideOf(TypeCast.arg, relations)
  if (ParamRef || A_Const) return VALUE
  const names = list(tree(ColumnRef).fields).map((each) => text(tree(tree(each).String).sval))
  if (names.at(-1) !== 'org_id') return names.length === 1 && /^[pv]_/.test(names[0] ?? '') ? VALUE : ''
  // Without a name in front it can only be the one relation there is.
  return names.length > 1 ? (names.at(-2) ?? '') : relations.size === 1 ? ([...relations.keys()][0] ?? '') : ''
}
