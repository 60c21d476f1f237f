import ts from 'typescript';

const {SyntaxKind} = ts;

const SWAPPED = new Map([
  [SyntaxKind.LessThanToken, '<='],
  [SyntaxKind.LessThanEqualsToken, '<'],
  [SyntaxKind.GreaterThanToken, '>='],
  [SyntaxKind.GreaterThanEqualsToken, '>'],
  [SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [SyntaxKind.PlusToken, '-'],
  [SyntaxKind.MinusToken, '+'],
  [SyntaxKind.AsteriskToken, '/'],
  [SyntaxKind.SlashToken, '*'],
  [SyntaxKind.AmpersandAmpersandToken, '||'],
  [SyntaxKind.BarBarToken, '&&'],
]);

/**
 * All small faults that can be planted in a file of JavaScript: operators swapped, conditions fixed, guards and calls
 * left out, numbers off by one. Texts of errors are left alone.
 *
 * @param {string} text
 * @returns {{start: number, end: number, replacement: string, what: string}[]} in the order of the file.
 */
export function faultsOf(text) {
  const file = ts.createSourceFile('file.js', text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const faults = [];
  const plant = (node, replacement, what) =>
    faults.push({start: node.getStart(file), end: node.getEnd(), replacement, what});
  visit(file);
  return faults;

  function visit(node) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isThrowStatement(node)) return plant(node, ';', 'does not throw');
    if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText(file))) return;
    if (ts.isBinaryExpression(node)) swapOperator(node);
    else if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
      plant(node, `(${node.operand.getText(file)})`, 'no !');
    } else if (ts.isIfStatement(node)) {
      plant(node.expression, 'false', 'never');
      if (node.elseStatement) plant(node.expression, 'true', 'always');
    } else if (ts.isConditionalExpression(node)) {
      plant(node.condition, 'true', 'always the first');
      plant(node.condition, 'false', 'always the second');
    } else if (ts.isExpressionStatement(node) && isCall(node.expression)) plant(node, ';', 'no call');
    else if (ts.isNumericLiteral(node)) plant(node, `(${node.text} + 1)`, 'one more');
    else if (node.kind === SyntaxKind.TrueKeyword) plant(node, 'false', 'false');
    else if (node.kind === SyntaxKind.FalseKeyword) plant(node, 'true', 'true');
    else if (ts.isPropertyAccessExpression(node)) swapExtreme(node);
    ts.forEachChild(node, visit);
  }

  function swapOperator({left, right, operatorToken}) {
    if (operatorToken.kind === SyntaxKind.QuestionQuestionToken) {
      return plant(operatorToken.parent, `(${left.getText(file)})`, 'no default');
    }
    const swapped = SWAPPED.get(operatorToken.kind);
    const joinsTexts = operatorToken.kind === SyntaxKind.PlusToken && [left, right].some(isText);
    if (swapped !== undefined && !joinsTexts) plant(operatorToken, swapped, swapped);
  }

  function swapExtreme({expression, name}) {
    if (expression.getText(file) !== 'Math') return;
    if (name.text === 'max') plant(name, 'min', 'min');
    if (name.text === 'min') plant(name, 'max', 'max');
  }
}

function isCall(node) {
  return ts.isCallExpression(ts.isAwaitExpression(node) ? node.expression : node);
}

function isText(node) {
  if (ts.isBinaryExpression(node)) return isText(node.left) || isText(node.right);
  return (
    ts.isStringLiteral(node) || ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)
  );
}
