#include "core/ask/rank.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ask/explain.hpp"
#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"

namespace loupe::ask {
namespace {

constexpr double kAlternativeRange = 0.4;  // readings this much worse are not worth a mention
constexpr std::size_t kMaxOffers = 5;      // known names in an abstention
constexpr std::size_t kMaxNamedWords = 5;  // unknown words spelled out in the reason
constexpr std::size_t kManyUnknown = 3;    // from here on the question may not be English

std::string Quote(const std::string& text) { return "\"" + text + "\""; }

std::string JoinQuoted(const std::vector<std::string>& words, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < limit; ++i) {
    text += (i == 0 ? "" : ", ") + Quote(words[i]);
  }
  if (words.size() > limit) text += ", …";
  return text;
}

// The nearest phrases of the unknown words, else the first entities of the model.
std::string Offer(const std::vector<std::string>& unknown, const semantic::Model& model,
                  const Lexicon& lexicon) {
  std::vector<std::string> near;
  for (std::size_t i = 0; i < unknown.size() && i < kMaxNamedWords; ++i) {
    const std::optional<std::string> name = NearestName(AsciiLower(unknown[i]), lexicon.phrases());
    if (name && std::find(near.begin(), near.end(), *name) == near.end()) near.push_back(*name);
  }
  if (!near.empty()) return "Nearest known: " + JoinQuoted(near, kMaxOffers) + ".";
  std::vector<std::string> known;
  for (const semantic::Entity& entity : model.entities) known.push_back(entity.name);
  if (known.empty()) return "Nothing that can be asked about is known here.";
  return "Known here: " + JoinQuoted(known, kMaxOffers) + ".";
}

// Readings in words, best first, each told once and none that is `known`.
std::vector<std::string> Tell(const std::vector<Draft>& drafts, const semantic::Model& model,
                              const std::string& known, Naming naming) {
  std::vector<std::string> readings;
  for (std::size_t i = 0; i < drafts.size() && readings.size() < kMaxAlternatives; ++i) {
    if (drafts[i].score < drafts.front().score - kAlternativeRange) break;
    std::string words = Explain(DraftToQuery(drafts[i], model), model, naming);
    const bool told =
        words == known || std::find(readings.begin(), readings.end(), words) != readings.end();
    if (!told) readings.push_back(std::move(words));
  }
  return readings;
}

// The readings to choose from. Where short words make them all one, the entities tell them apart.
std::vector<std::string> Choices(const std::vector<Draft>& drafts, const semantic::Model& model) {
  std::vector<std::string> readings = Tell(drafts, model, {}, Naming::kShort);
  return readings.size() > 1 ? readings : Tell(drafts, model, {}, Naming::kQualified);
}

}  // namespace

Reading Decide(Interpretations interpretations, const semantic::Model& model) {
  Reading reading;
  const std::vector<Draft>& drafts = interpretations.drafts;
  if (drafts.empty() || drafts.front().score < kLeastConfidence) {
    reading.reason = interpretations.failure.empty() ? "the question is not understood well enough"
                                                     : std::move(interpretations.failure);
    return reading;
  }
  const Draft& best = drafts.front();
  reading.query = DraftToQuery(best, model);
  reading.interpretation = Explain(reading.query, model);
  reading.warnings = best.warnings;
  const bool tied = drafts.size() > 1 && best.score - drafts[1].score < kMargin;
  if (tied) {
    reading.outcome = Outcome::kClarify;
    reading.confidence = best.score / 2;
    reading.alternatives = Choices(drafts, model);
    reading.reason = "the question can be read in more than one way";
    return reading;
  }
  reading.outcome = Outcome::kAnswered;
  reading.confidence = best.score;
  reading.alternatives = Tell(drafts, model, reading.interpretation, Naming::kShort);
  return reading;
}

Reading AbstainUnknown(const std::vector<Token>& tokens, const std::vector<std::size_t>& unknown,
                       const semantic::Model& model, const Lexicon& lexicon) {
  Reading reading;
  for (std::size_t at : unknown) {
    const std::string& text = tokens[at].text;
    const bool repeated = std::find(reading.unknown_words.begin(), reading.unknown_words.end(),
                                    text) != reading.unknown_words.end();
    if (!repeated) reading.unknown_words.push_back(text);
  }
  const bool one = reading.unknown_words.size() == 1;
  reading.reason = JoinQuoted(reading.unknown_words, kMaxNamedWords) +
                   (one ? " means nothing here. " : " mean nothing here. ");
  reading.reason += Offer(reading.unknown_words, model, lexicon);
  if (unknown.size() >= kManyUnknown && unknown.size() * 2 >= tokens.size()) {
    reading.reason += " Questions are understood in English.";
  }
  return reading;
}

}  // namespace loupe::ask
