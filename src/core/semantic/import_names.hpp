// NameBook: member names made from names that other formats allow.
//
//   NameBook names;
//   names.Take("Order Count");   // Order_Count
//   names.Take("Order-Count");   // Order_Count_2: the first comer keeps the name
//   names.Take("2nd");           // _2nd
//
// Tested by test/unit/semantic_import_names_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_IMPORT_NAMES_HPP
#define LOUPE_CORE_SEMANTIC_IMPORT_NAMES_HPP

#include <map>
#include <string>
#include <string_view>

namespace loupe::semantic {

// The name with every character that IsMemberName refuses made an underscore, cut to 63 bytes;
// "unnamed" for an empty one.
[[nodiscard]] std::string MemberNameFrom(std::string_view name);

class NameBook {
 public:
  // Returns MemberNameFrom(name), with _2, _3, … where that is taken already, and takes it.
  std::string Take(std::string_view name);
  [[nodiscard]] bool Has(const std::string& name) const { return taken_.count(name) != 0; }

 private:
  std::map<std::string, int> taken_;  // to the last number tried behind it
};

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_IMPORT_NAMES_HPP
