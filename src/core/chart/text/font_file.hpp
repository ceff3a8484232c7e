// FontFile: one font, opened at first need, for HarfBuzz (shapes) and FreeType (outlines).
//
// The file is read into memory rather than mapped: a font that is replaced while a server runs must
// not end it by a signal. HarfBuzz works in the font's own units, so that advances grow in exact
// proportion to the size; FreeType is asked for outlines only.
//
// Shared ownership, because cairo keeps faces in caches of its own beyond the life of a FontSet.
//
// Tested by test/unit/chart_text_font_set_test.cpp.
#ifndef LOUPE_CORE_CHART_TEXT_FONT_FILE_HPP
#define LOUPE_CORE_CHART_TEXT_FONT_FILE_HPP

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/status.hpp"

struct FT_FaceRec_;
struct FT_LibraryRec_;
struct hb_font_t;

namespace loupe::chart {

class FontFile {
 public:
  FontFile(std::shared_ptr<FT_LibraryRec_> library, std::string folder, std::string name);
  ~FontFile();
  FontFile(const FontFile&) = delete;
  FontFile& operator=(const FontFile&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  // Tells by its first bytes whether the file is a font at all, without opening it.
  [[nodiscard]] bool LooksLikeFont() const;
  // Opens the font, once; false when it cannot be used. The functions below demand that it was
  // opened.
  bool Open();

  [[nodiscard]] bool Has(std::uint32_t code_point) const;
  [[nodiscard]] hb_font_t* shaper() const;
  [[nodiscard]] double units_per_em() const;
  [[nodiscard]] FT_FaceRec_* face() const;

 private:
  struct Opened;
  enum class State { kClosed, kOpen, kUnusable };

  std::shared_ptr<FT_LibraryRec_> library_;
  std::string path_;
  std::string name_;
  State state_ = State::kClosed;
  std::unique_ptr<Opened> opened_;
};

// A FreeType library that closes with its last font.
[[nodiscard]] std::shared_ptr<FT_LibraryRec_> MakeFontLibrary();

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_TEXT_FONT_FILE_HPP
