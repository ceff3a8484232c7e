// Places: marks of many items that share a few looks.
//
// A point of a scatter plot is 24 bytes instead of an item of its own, and renderers draw its look
// once and copy it. A builder fills a mark through PlaceBuilder, item by item as it would append to
// mark.items; items that look alike become places of one. Readers use ForEachItem.
//
//   PlaceBuilder builder(&mark);
//   builder.Add(std::move(item));                  // takes x, y, aria_label and tooltip off the
//   item
//
// Tested by test/unit/chart_scene_places_test.cpp.
#ifndef LOUPE_CORE_CHART_SCENE_PLACES_HPP
#define LOUPE_CORE_CHART_SCENE_PLACES_HPP

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/chart/scene.hpp"

namespace loupe::chart {

// Whether two items are drawn alike but for x, y, aria_label and tooltip. Groups never are.
[[nodiscard]] bool LooksAlike(const Item& a, const Item& b);

// Appends items to an empty mark: as places to one of symbols, as they are to any other. Looks are
// found again by a hash; beyond kMaxLooks of them, each item that differs from the last one is kept
// as a look of its own, which is correct but no longer small.
class PlaceBuilder {
 public:
  static constexpr std::size_t kMaxLooks = 1024;

  // Keeps the pointer; the mark must outlive the builder.
  explicit PlaceBuilder(Mark* mark) : mark_(mark) {}

  void Add(Item item);

  // Appends another symbol with the look of the last one, for builders that know that nothing but
  // place and texts differ. Demands a mark of symbols that has one.
  void AddAgain(double x, double y, PlaceText text);

 private:
  [[nodiscard]] std::uint32_t FindLook(const Item& item);
  void AddText(PlaceText text);

  Mark* mark_;
  std::unordered_multimap<std::size_t, std::uint32_t>
      looks_;  // hash of the look: index of the item
};

// Calls visit(const Item&) for each item that the mark draws, in order. An item that has places is
// handed over as a copy, which is gone after the call.
template <class Visit>
void ForEachItem(const Mark& mark, const Visit& visit) {
  if (mark.places.empty()) {
    for (const Item& item : mark.items) visit(item);
    return;
  }
  std::vector<Item> copies = mark.items;
  for (std::size_t i = 0; i < mark.places.size(); ++i) {
    const Place& place = mark.places[i];
    Item& copy = copies[place.item];
    copy.x = place.x;
    copy.y = place.y;
    if (!mark.texts.empty()) {
      copy.aria_label = mark.texts[i].aria_label;
      copy.tooltip = mark.texts[i].tooltip;
    }
    visit(static_cast<const Item&>(copy));
  }
}

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCENE_PLACES_HPP
