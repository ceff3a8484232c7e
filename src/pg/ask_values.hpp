// Looks words of a question up among the values of the tables.
//
//   tables of the model ─┬─ few rows ────────────────▶ read on the spot      ─┐
//                        ├─ stored, many rows ───────▶ value index            ├─▶ matches
//                        └─ views, foreign tables, ──▶ one gated statement   ─┘
//                           row-level security         as the caller
//
// Tested by test/pgtap/72_ask_index.sql.
#ifndef LOUPE_PG_ASK_VALUES_HPP
#define LOUPE_PG_ASK_VALUES_HPP

#include <memory>
#include <string>
#include <vector>

#include "core/ask/values.hpp"
#include "core/semantic/model.hpp"
#include "pg/model_cache.hpp"
#include "pg/value_index.hpp"

namespace loupe::pg {

constexpr int kValueLookupMs = 5000;           // of the gated statements of a question
constexpr std::size_t kMaxValueColumns = 100;  // that they read
constexpr double kMaxScannedPages = 128;       // that are read on the spot

// Reads with the caller's rights, row-level security included. The tables are looked at when values
// are first asked for; where they have many rows that the index does not know as they are now, it
// is brought up to date as far as loupe.ask_index_time goes and the transaction may write.
class ServerValueSource : public ask::ValueSource {
 public:
  // The handle has to live as long.
  explicit ServerValueSource(const ModelHandle& model);
  ~ServerValueSource() override;

  [[nodiscard]] std::vector<ask::ValueMatch> Lookup(
      const std::vector<std::string>& candidates) const override;
  [[nodiscard]] std::vector<ask::ValueMatch> LookupNear(
      const std::vector<std::string>& words) const override;
  // Whether the statements took too long, so that their values are not known.
  [[nodiscard]] bool TimedOut() const { return timed_out_; }

 private:
  struct Found;
  struct Plan;

  const Plan& PlanOnce() const;
  void ScanTables(const std::vector<std::string>& candidates, std::vector<Found>* found) const;
  void ScanNear(const std::vector<std::string>& words, std::vector<Found>* found) const;
  void TakeHits(const std::vector<IndexHit>& hits, std::vector<Found>* found) const;
  std::vector<ask::ValueMatch> MatchesOf(std::vector<Found> found) const;
  void QueryTables(const std::vector<std::string>& candidates, std::vector<Found>* found) const;
  // Runs one statement and appends what it found; throws what the gate throws.
  void Collect(const std::string& sql, std::vector<Found>* found) const;

  const semantic::Model& model_;
  bool is_narrowed_;
  mutable std::unique_ptr<Plan> plan_;
  mutable bool timed_out_ = false;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_VALUES_HPP
