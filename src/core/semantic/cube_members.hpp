// CubeMembers: dimensions and measures of one cube, added to a draft of its entity.
//
// Measures are read in two passes: first those that aggregate rows, then those computed from
// measures, so that an aggregate written out in a formula finds the measure that is the same.
//
// Tested by test/unit/semantic_import_cube_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_CUBE_MEMBERS_HPP
#define LOUPE_CORE_SEMANTIC_CUBE_MEMBERS_HPP

#include <string>
#include <vector>

#include "core/semantic/cube_source.hpp"
#include "core/semantic/import_draft.hpp"

namespace loupe::semantic {

class CubeMembers {
 public:
  // Refers to all of them, which have to live as long.
  CubeMembers(const CubeSource& cube, const CubeIndex& cubes, DraftEntity* entity,
              ImportNotes* notes)
      : cube_(cube), cubes_(cubes), entity_(entity), notes_(notes) {}

  void ReadDimensions();
  void ReadMeasures();

 private:
  void ReadDimension(const ForeignItem& item);
  void ReadGeo(const ForeignItem& item, ForeignObject* object);
  void ReadGranularities(ForeignObject* object, Json* dimension);
  void AddPrimaryKey(const ForeignItem& item, const SqlTokens& bound);
  void AddDimension(const ForeignItem& item, const std::string& name, const std::string& type,
                    const SqlTokens& bound, ForeignObject* object);

  void ReadMeasure(const ForeignItem& item, const std::string& type);
  [[nodiscard]] std::vector<ForeignItem> DistinctMeasures();
  Status ReadAggregate(const std::string& type, ForeignObject* object, DraftMember* measure);
  Status ReadDerived(const std::string& type, ForeignObject* object, DraftMember* measure);
  Status ReadFilters(ForeignObject* object, DraftMember* measure);
  Status ReadRolling(ForeignObject* object, DraftMember* measure);
  Status ReadRank(ForeignObject* object, DraftMember* measure);
  Status ReadTimeShift(const ForeignItem& shift, const SqlTokens& tokens, DraftMember* measure);
  Status SetShift(const ForeignItem& item, DraftMember* measure);
  Status SetCubeFormula(const SqlTokens& tokens, DraftMember* measure);
  void Need(const std::string& name, DraftMember* measure) const;
  // "measure" or "entity.measure" for a reference; "" when it is no measure.
  [[nodiscard]] std::string MeasureOf(const std::string& reference) const;
  void NoteMember(const ForeignItem& item, const char* thing, const Status& status);

  const CubeSource& cube_;
  const CubeIndex& cubes_;
  DraftEntity* entity_;
  ImportNotes* notes_;
};

// Sets "table" and "schema", or "sql" of an entity.
[[nodiscard]] Status SetCubeTable(const CubeSource& cube, Json* entity);

// Title, description and "public" of a member; notes what else its "meta" says.
void ReadLabels(ForeignObject* object, Json* member);
void ReadMeta(ForeignObject* object, Json* member);

// Rules of "access_policy". A rule that cannot be carried shows no rows.
void ReadAccess(const CubeSource& cube, ForeignObject* object, DraftEntity* entity);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_CUBE_MEMBERS_HPP
