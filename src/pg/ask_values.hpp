// Looks words of a question up among the values of the tables.
#ifndef LOUPE_PG_ASK_VALUES_HPP
#define LOUPE_PG_ASK_VALUES_HPP

#include <string>
#include <vector>

#include "core/ask/values.hpp"
#include "core/semantic/model.hpp"

namespace loupe::pg {

// One gated statement over the text columns of the model: each gives its distinct values, compared
// without case. It reads with the caller's rights, row-level security included, and takes at most
// kValueLookupMs; beyond that no values are known and TimedOut() says so.
class ServerValueSource : public ask::ValueSource {
 public:
  explicit ServerValueSource(const semantic::Model& model) : model_(model) {}

  [[nodiscard]] std::vector<ask::ValueMatch> Lookup(
      const std::vector<std::string>& candidates) const override;
  [[nodiscard]] bool TimedOut() const { return timed_out_; }

 private:
  // Runs one lookup and appends what it found; throws what the gate throws.
  void Collect(const std::string& sql, std::vector<ask::ValueMatch>* matches) const;

  const semantic::Model& model_;
  mutable bool timed_out_ = false;
};

constexpr int kValueLookupMs = 5000;
constexpr std::size_t kMaxValueColumns = 500;  // of all tables together

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_VALUES_HPP
