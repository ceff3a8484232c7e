// SpiSession: the only user of SPI_connect. It runs the extension's own fixed SQL (catalog reading,
// the model store); SQL that came from a question, a model or a spec goes through execute.hpp.
//
// Every statement names its objects with their schema and runs under a search_path of pg_catalog
// and pg_temp, so that nothing a user created can be called in its place.
//
//   SpiSession spi(SpiSession::Mode::kReadOnly);
//   for (const SpiSession::Row& row : spi.Query("SELECT ... WHERE name = $1", {name}))
//   Use(*row[0]);
#ifndef LOUPE_PG_SPI_HPP
#define LOUPE_PG_SPI_HPP

#include "pg/boundary.hpp"

#include <optional>
#include <string>
#include <vector>

namespace loupe::pg {

class SpiSession {
 public:
  enum class Mode { kReadOnly, kReadWrite };
  using Value = std::optional<std::string>;  // text output in UTF-8, or SQL NULL
  using Row = std::vector<Value>;

  explicit SpiSession(Mode mode);
  ~SpiSession();
  SpiSession(const SpiSession&) = delete;
  SpiSession& operator=(const SpiSession&) = delete;

  // Runs one statement whose parameters are all of type text; values are copied out.
  std::vector<Row> Query(const char* sql, const std::vector<Value>& parameters = {});

 private:
  Mode mode_;
  int nest_level_;  // of GUC settings
};

// The number that a value of type int4 is; demands one that is not NULL.
[[nodiscard]] int IntegerOf(const SpiSession::Value& digits);

}  // namespace loupe::pg

#endif  // LOUPE_PG_SPI_HPP
