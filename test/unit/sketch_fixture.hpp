// Builds distinct sketches in tests as the server does: a state that moves when it is full.
#ifndef LOUPE_TEST_UNIT_SKETCH_FIXTURE_HPP
#define LOUPE_TEST_UNIT_SKETCH_FIXTURE_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "core/sketch/distinct_sketch.hpp"
#include "core/sketch/hash.hpp"

namespace loupe::sketch {

class Sketch {
 public:
  Sketch() { Grow({}); }
  explicit Sketch(std::string bytes) : bytes_(std::move(bytes)) {}

  void AddHash(std::uint64_t hash) {
    while (!Add(State(), hash)) Grow({});
  }
  // Adds the integers from `first` on.
  void AddRange(std::int64_t first, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) AddHash(HashInteger(first + i));
  }
  void UniteWith(std::string_view other) {
    while (!Unite(State(), other)) Grow(other);
  }
  [[nodiscard]] std::string Packed() const {
    std::string packed(PackedSize(bytes_), '\0');
    Pack(bytes_, packed.data());
    return packed;
  }
  [[nodiscard]] std::int64_t Count() const { return CountDistinct(bytes_); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  StateBytes State() { return {bytes_.data(), bytes_.size()}; }
  void Grow(std::string_view added) {
    std::string larger(RoomFor(bytes_, added), '\0');
    Rebuild(bytes_, {larger.data(), larger.size()});
    bytes_ = std::move(larger);
  }

  std::string bytes_;
};

}  // namespace loupe::sketch

#endif  // LOUPE_TEST_UNIT_SKETCH_FIXTURE_HPP
