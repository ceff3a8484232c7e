#include "core/semantic/formula.hpp"

#include <algorithm>

#include "core/semantic/formula_tokens.hpp"

namespace loupe::semantic {
namespace {

using Kind = Formula::Kind;
using Level = FormulaLevel;

Level LevelOf(const Formula& formula) {
  switch (formula.kind) {
    case Kind::kOr:
      return Level::kOr;
    case Kind::kAnd:
      return Level::kAnd;
    case Kind::kUnary:
      return formula.text == "NOT" ? Level::kNot : Level::kSign;
    case Kind::kBinary:
      return LevelOfFormulaOperator(formula.text);
    case Kind::kIsNull:
    case Kind::kIsNotNull:
      return Level::kIs;
    case Kind::kIn:
    case Kind::kNotIn:
    case Kind::kBetween:
    case Kind::kNotBetween:
      return Level::kIn;
    default:
      return Level::kPrimary;
  }
}

// Appends text to one string; recursion is as deep as the tree, kMaxFormulaDepth at most.
class TextPrinter {
 public:
  void Print(const Formula& formula);
  std::string Take() && { return std::move(out_); }

 private:
  void PrintChild(const Formula& formula, Level least_level);
  void PrintList(const Formula& formula, std::size_t first, const char* separator);
  void PrintBinary(const Formula& formula);
  void PrintJunction(const Formula& formula, const char* word);
  void PrintMembership(const Formula& formula);
  void PrintCase(const Formula& formula);
  void PrintString(const std::string& text);
  void PrintReference(const std::string& name);

  std::string out_;
};

void TextPrinter::PrintChild(const Formula& formula, Level least_level) {
  if (LevelOf(formula) >= least_level) return Print(formula);
  out_ += '(';
  Print(formula);
  out_ += ')';
}

void TextPrinter::PrintList(const Formula& formula, std::size_t first, const char* separator) {
  for (std::size_t i = first; i < formula.args.size(); ++i) {
    if (i > first) out_ += separator;
    Print(formula.args[i]);
  }
}

void TextPrinter::PrintBinary(const Formula& formula) {
  const Level level = LevelOf(formula);
  PrintChild(formula.args[0], level == Level::kCompare ? Tighter(level) : level);
  out_ += ' ' + formula.text + ' ';
  PrintChild(formula.args[1], Tighter(level));
}

void TextPrinter::PrintJunction(const Formula& formula, const char* word) {
  for (std::size_t i = 0; i < formula.args.size(); ++i) {
    if (i > 0) out_ += word;
    PrintChild(formula.args[i], Tighter(LevelOf(formula)));
  }
}

void TextPrinter::PrintMembership(const Formula& formula) {
  PrintChild(formula.args[0], Tighter(Level::kIn));
  if (formula.kind == Kind::kNotIn || formula.kind == Kind::kNotBetween) out_ += " NOT";
  if (formula.kind == Kind::kIn || formula.kind == Kind::kNotIn) {
    out_ += " IN (";
    PrintList(formula, 1, ", ");
    out_ += ')';
    return;
  }
  out_ += " BETWEEN ";
  PrintChild(formula.args[1], Tighter(Level::kIn));
  out_ += " AND ";
  PrintChild(formula.args[2], Tighter(Level::kIn));
}

void TextPrinter::PrintCase(const Formula& formula) {
  out_ += "CASE";
  std::size_t i = 0;
  if (formula.kind == Kind::kSimpleCase) {
    out_ += ' ';
    Print(formula.args[i++]);
  }
  for (; i + 1 < formula.args.size(); i += 2) {
    out_ += " WHEN ";
    Print(formula.args[i]);
    out_ += " THEN ";
    Print(formula.args[i + 1]);
  }
  if (i < formula.args.size()) {
    out_ += " ELSE ";
    Print(formula.args[i]);
  }
  out_ += " END";
}

void TextPrinter::PrintString(const std::string& text) {
  out_ += '\'';
  for (const char c : text) out_.append(c == '\'' ? 2 : 1, c);
  out_ += '\'';
}

void TextPrinter::PrintReference(const std::string& name) {
  const bool is_braced = IsFormulaKeyword(name.substr(0, name.find('.')));
  out_ += is_braced ? "{" + name + "}" : name;
}

void TextPrinter::Print(const Formula& formula) {
  switch (formula.kind) {
    case Kind::kNumber:
    case Kind::kBoolean:
      out_ += formula.text;
      return;
    case Kind::kString:
      return PrintString(formula.text);
    case Kind::kNull:
      out_ += "null";
      return;
    case Kind::kReference:
      return PrintReference(formula.text);
    case Kind::kUnary:
      out_ += formula.text == "NOT" ? "NOT " : "-";
      // "--" would begin a comment, so a sign under a sign gets parentheses.
      return PrintChild(formula.args[0],
                        formula.text == "NOT" ? Level::kNot : Tighter(Level::kSign));
    case Kind::kBinary:
      return PrintBinary(formula);
    case Kind::kAnd:
      return PrintJunction(formula, " AND ");
    case Kind::kOr:
      return PrintJunction(formula, " OR ");
    case Kind::kIsNull:
    case Kind::kIsNotNull:
      PrintChild(formula.args[0], Level::kIs);
      out_ += formula.kind == Kind::kIsNull ? " IS NULL" : " IS NOT NULL";
      return;
    case Kind::kIn:
    case Kind::kNotIn:
    case Kind::kBetween:
    case Kind::kNotBetween:
      return PrintMembership(formula);
    case Kind::kCase:
    case Kind::kSimpleCase:
      return PrintCase(formula);
    case Kind::kCall:
      out_ += formula.text + '(';
      PrintList(formula, 0, ", ");
      out_ += ')';
      return;
  }
}

void Collect(const Formula& formula, std::vector<std::string>* names) {
  if (formula.kind == Kind::kReference &&
      std::find(names->begin(), names->end(), formula.text) == names->end()) {
    names->push_back(formula.text);
  }
  for (const Formula& arg : formula.args) Collect(arg, names);
}

}  // namespace

std::string FormulaText(const Formula& formula) {
  TextPrinter printer;
  printer.Print(formula);
  return std::move(printer).Take();
}

std::vector<std::string> ReferencesOf(const Formula& formula) {
  std::vector<std::string> names;
  Collect(formula, &names);
  return names;
}

}  // namespace loupe::semantic
