// What the fuzzers of charts share: rows for the data that a specification asks its host for, and
// a mutator that keeps JSON well formed.
//
// libFuzzer's own mutations of bytes seldom leave valid JSON behind. Mutate() changes the tree
// instead: a value, a member, an element, or a part copied elsewhere; words come from the
// dictionary of libFuzzer's -dict option (test/fuzz/chart.dict), which ReadWords() reads a second
// time.
#ifndef LOUPE_TEST_FUZZ_CHART_FUZZ_HPP
#define LOUPE_TEST_FUZZ_CHART_FUZZ_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/compile.hpp"

// Absent where the corpus is replayed without libFuzzer.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                              std::size_t max_size);

namespace loupe::chart {

constexpr int kManyRows = 600;  // enough for looks to be stamped

// Rows of every type, with a gap in each column, once for each source that the spec names; many of
// them where the source is {"name": …}.
inline Result<std::vector<RowSet>> FuzzRows(const Json& spec) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<DataRequest> requests, RequestedData(spec));
  RowSet rows;
  rows.columns = {{"a", "text", ValueType::kString},
                  {"b", "float8", ValueType::kNumber},
                  {"t", "timestamp", ValueType::kTimestamp}};
  rows.rows = {{Json("x"), Json(3), Json("2024-02-28T23:59:59")},
               {Json("y"), Json(), Json("2024-03-01")},
               {Json(), Json(-1e300), Json()},
               {Json("\xD7\x90\xE2\x80\xAE"), Json(1e-9), Json("0001-01-01")}};
  RowSet many = rows;
  for (int i = 0; i < kManyRows; ++i) {
    many.rows.push_back({Json(i % 2 == 0 ? "x" : "y"), Json(0.37 * i), Json("2024-03-01")});
  }
  std::vector<RowSet> data;
  for (const DataRequest& request : requests) {
    data.push_back(request.kind == DataKind::kName ? many : rows);
  }
  return data;
}

class JsonMutator {
 public:
  // The words of a dictionary, one in double quotes a line.
  void ReadWords(const std::string& file) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
      const std::size_t end = line.rfind('"');
      if (!line.empty() && line[0] == '"' && end > 1) words_.push_back(line.substr(1, end - 1));
    }
  }

  // Another document like `text`; "" when that is no JSON.
  std::string Mutate(std::string_view text, unsigned seed) {
    random_.seed(seed);
    Result<Json> parsed = ParseJson(text);
    if (!parsed.ok()) return "";
    Json document = std::move(parsed.value());
    const std::size_t changes = 1 + Below(3);
    for (std::size_t i = 0; i < changes; ++i) Change(&document);
    return document.Dump();
  }

 private:
  std::size_t Below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  std::string Word() { return words_.empty() ? "a" : words_[Below(words_.size())]; }

  static void Collect(Json* value, std::vector<Json*>* nodes) {
    nodes->push_back(value);
    if (value->IsArray()) {
      for (Json& item : value->items()) Collect(&item, nodes);
    } else if (value->IsObject()) {
      for (Json::Member& member : value->members()) Collect(&member.value, nodes);
    }
  }

  Json Value() {
    constexpr double kNumbers[] = {
        0, -1, 0.5, 1, 3, 20, 100, 1000, 1e9, 1e15, -1e300, 1e308, 1e-300, 32767, 1700000000000.0};
    switch (Below(8)) {
      case 0:
        return Json();
      case 1:
        return Json(Below(2) == 0);
      case 2:
      case 3:
        return Json(kNumbers[Below(std::size(kNumbers))]);
      case 4:
        return Json::FromArray({Value()});
      case 5: {
        Json object = Json::MakeObject();
        object.Set(Word(), Value());
        return object;
      }
      default:
        return Json(Word());
    }
  }

  void Change(Json* document) {
    std::vector<Json*> nodes;
    Collect(document, &nodes);
    Json* node = nodes[Below(nodes.size())];
    switch (Below(6)) {
      case 0:
        *node = Value();
        break;
      case 1: {
        const Json copy = *nodes[Below(nodes.size())];  // before it may be overwritten
        *node = copy;
        break;
      }
      case 2:
        Shrink(node);
        break;
      default:
        Grow(node);
    }
  }

  void Shrink(Json* node) {
    if (node->IsArray() && !node->items().empty()) {
      const std::size_t at = Below(node->items().size());
      node->items().erase(node->items().begin() + static_cast<std::ptrdiff_t>(at));
    } else if (node->IsObject() && !node->members().empty()) {
      const std::size_t at = Below(node->members().size());
      node->members().erase(node->members().begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  void Grow(Json* node) {
    if (node->IsObject()) {
      node->Set(Word(), Value());
    } else if (node->IsArray()) {
      const Json added =
          node->items().empty() ? Value() : Json(node->items()[Below(node->items().size())]);
      node->Append(added);
    } else {
      *node = Value();
    }
  }

  std::mt19937 random_;
  std::vector<std::string> words_;
};

inline JsonMutator& FuzzMutator() {
  static JsonMutator mutator;
  return mutator;
}

}  // namespace loupe::chart

extern "C" __attribute__((used)) inline int LLVMFuzzerInitialize(int* count, char*** words) {
  constexpr std::string_view kOption = "-dict=";
  for (int i = 1; i < *count; ++i) {
    const std::string_view word = (*words)[i];
    if (word.substr(0, kOption.size()) != kOption) continue;
    loupe::chart::FuzzMutator().ReadWords(std::string(word.substr(kOption.size())));
  }
  return 0;
}

// One change in ten is libFuzzer's own, so that what is no JSON is tried too.
extern "C" __attribute__((used)) inline std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                                                            std::size_t size,
                                                                            std::size_t max_size,
                                                                            unsigned seed) {
  constexpr unsigned kOwnShare = 10;
  std::string mutated;
  if (seed % kOwnShare != 0) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    mutated = loupe::chart::FuzzMutator().Mutate(text, seed);
  }
  if (mutated.empty() || mutated.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, mutated.data(), mutated.size());
  return mutated.size();
}

#endif  // LOUPE_TEST_FUZZ_CHART_FUZZ_HPP
