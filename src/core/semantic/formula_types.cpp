#include "core/semantic/formula_types.hpp"

#include <utility>

#include "core/semantic/member_lookup.hpp"
#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

bool IsOpen(FormulaType type) {
  return type == FormulaType::kUnknown || type == FormulaType::kNull;
}

const char* TypeName(FormulaType type) {
  switch (type) {
    case FormulaType::kNumber:
      return "a number";
    case FormulaType::kBoolean:
      return "true or false";
    case FormulaType::kTime:
      return "a time";
    default:
      return "text";
  }
}

// As deep as members are made of one another, which ParseModel bounds; so is CheckFormula through
// the references.
Result<FormulaType> TypeIn(const Model& model, const Entity& home, const Formula& formula) {
  Status problem;
  Result<FormulaType> type = CheckFormula(formula, [&](const std::string& name) {
    const FoundMember found = FindReference(model, home, name);
    if (found.dimension != nullptr) return FormulaTypeOf(found.dimension->type);
    const Result<FormulaType> member = FormulaTypeOf(model, *found.entity, *found.measure);
    if (!member.ok() && problem.ok()) problem = member.status();
    return member.ok() ? member.value() : FormulaType::kUnknown;
  });
  if (!problem.ok()) return problem;
  return type;
}

Result<FormulaType> OperandType(const Model& model, const Entity& home, const Measure& measure) {
  if (measure.formula) return TypeIn(model, home, *measure.formula);
  return FormulaTypeOf(ClassifyType(measure.data_type));
}

bool TakesNumbers(Aggregation aggregation) {
  return aggregation == Aggregation::kSum || aggregation == Aggregation::kAvg ||
         aggregation == Aggregation::kMedian || aggregation == Aggregation::kPercentile;
}

Status Mismatch(const std::string& name, FormulaType type, const std::string& wanted) {
  return Status(Code::kSemanticTypeMismatch,
                "formula of \"" + name + "\" gives " + TypeName(type) + ", not " + wanted);
}

Status CheckDimension(const Model& model, const Entity& entity, const Dimension& dimension) {
  if (!dimension.formula) return Status::Ok();
  LOUPE_ASSIGN_OR_RETURN(const FormulaType type, TypeIn(model, entity, *dimension.formula));
  const FormulaType wanted =
      dimension.bins.empty() ? FormulaTypeOf(dimension.type) : FormulaType::kNumber;
  if (IsOpen(type) || type == wanted) return Status::Ok();
  return Mismatch(dimension.name, type, TypeName(wanted));
}

Status CheckMeasure(const Model& model, const Entity& entity, const Measure& measure) {
  if (!measure.formula) return Status::Ok();
  LOUPE_ASSIGN_OR_RETURN(const FormulaType type, TypeIn(model, entity, *measure.formula));
  const bool is_sum = measure.kind == MeasureKind::kAggregate && TakesNumbers(measure.aggregation);
  if (!is_sum || IsOpen(type) || type == FormulaType::kNumber) return Status::Ok();
  return Mismatch(
      measure.name, type,
      std::string("a number to take the ") + AggregationName(measure.aggregation) + " of");
}

Status At(Status status, std::size_t entity, const char* list, std::size_t member) {
  const std::string pointer = JsonPointer("/entities", entity) + "/" + list;
  return std::move(status).At(JsonPointer(pointer, member) + "/formula");
}

}  // namespace

FormulaType FormulaTypeOf(DimensionType type) {
  switch (type) {
    case DimensionType::kNumber:
      return FormulaType::kNumber;
    case DimensionType::kBoolean:
      return FormulaType::kBoolean;
    case DimensionType::kTime:
      return FormulaType::kTime;
    case DimensionType::kString:
      break;
  }
  return FormulaType::kText;
}

FormulaType FormulaTypeOf(SqlType type) {
  switch (type) {
    case SqlType::kText:
    case SqlType::kCharacter:
      return FormulaType::kText;
    case SqlType::kBoolean:
      return FormulaType::kBoolean;
    case SqlType::kDate:
    case SqlType::kTimestamp:
    case SqlType::kTimestampTz:
      return FormulaType::kTime;
    default:
      return IsNumber(type) ? FormulaType::kNumber : FormulaType::kUnknown;
  }
}

Result<FormulaType> FormulaTypeOf(const Model& model, const Entity& home, const Measure& measure) {
  switch (measure.kind) {
    case MeasureKind::kCalculated:
      return TypeIn(model, home, *measure.formula);
    case MeasureKind::kTimeShift: {
      const FoundMember base = FindReference(model, home, measure.measure);
      return FormulaTypeOf(model, *base.entity, *base.measure);
    }
    case MeasureKind::kPercentOfTotal:
    case MeasureKind::kRank:
      return FormulaType::kNumber;
    case MeasureKind::kAggregate:
      break;
  }
  if (measure.aggregation != Aggregation::kMin && measure.aggregation != Aggregation::kMax) {
    return FormulaTypeOf(ResultType(measure.aggregation, ClassifyType(measure.data_type)));
  }
  return OperandType(model, home, measure);
}

Status CheckFormulas(const Model& model) {
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const Entity& entity = model.entities[e];
    for (std::size_t i = 0; i < entity.dimensions.size(); ++i) {
      Status status = CheckDimension(model, entity, entity.dimensions[i]);
      if (!status.ok()) return At(std::move(status), e, "dimensions", i);
    }
    for (std::size_t i = 0; i < entity.measures.size(); ++i) {
      Status status = CheckMeasure(model, entity, entity.measures[i]);
      if (!status.ok()) return At(std::move(status), e, "measures", i);
    }
  }
  return Status::Ok();
}

}  // namespace loupe::semantic
