// The part of ParseModel that reads the members of an entity: dimensions, measures, segments,
// hierarchies and access rules.
//
// Names of other members are kept as written; model_link.hpp resolves them.
//
// Tested by test/unit/semantic_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MODEL_MEMBERS_HPP
#define LOUPE_CORE_SEMANTIC_MODEL_MEMBERS_HPP

#include <set>
#include <string>
#include <vector>

#include "core/semantic/field_reader.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// A FieldReader whose errors are kSemanticInvalidModel.
[[nodiscard]] FieldReader ModelReader(const Json& json, std::string pointer, std::string thing);

[[nodiscard]] Status ReadLabels(const FieldReader& reader, Labels* labels);

// Reads "name" and adds it to the names seen so far among its siblings.
[[nodiscard]] Status ReadName(const FieldReader& reader, std::string* name,
                              std::set<std::string>* seen);

// The error of a word that is none of `words`.
[[nodiscard]] Status UnknownWord(const FieldReader& reader, std::string_view key,
                                 const std::string& word, const std::vector<std::string>& words);

// Reads the array `key` of `reader` item by item with read_item(FieldReader) -> Result<Item>.
template <class Item, class ReadItem>
[[nodiscard]] Status ReadList(const FieldReader& reader, std::string_view key, std::size_t most,
                              const std::string& thing, ReadItem read_item,
                              std::vector<Item>* out) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, most, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(
        Item item,
        read_item(ModelReader((*items)[i], JsonPointer(reader.PointerTo(key), i), thing)));
    out->push_back(std::move(item));
  }
  return Status::Ok();
}

// Each reads one member; `seen` are the names of the entity's members so far.
[[nodiscard]] Result<Dimension> ReadDimension(const FieldReader& reader,
                                              std::set<std::string>* seen);
[[nodiscard]] Result<Measure> ReadMeasure(const FieldReader& reader, std::set<std::string>* seen);
[[nodiscard]] Result<Segment> ReadSegment(const FieldReader& reader, std::set<std::string>* seen);
[[nodiscard]] Result<Hierarchy> ReadHierarchy(const FieldReader& reader,
                                              std::set<std::string>* seen);
[[nodiscard]] Result<AccessRule> ReadAccessRule(const FieldReader& reader);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MODEL_MEMBERS_HPP
