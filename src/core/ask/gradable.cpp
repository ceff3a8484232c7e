#include "core/ask/gradable.hpp"

#include <algorithm>
#include <string>

#include "core/ask/name_words.hpp"

namespace loupe::ask {
namespace {

constexpr std::string_view kOrigins =
    "birth date,date of birth,birth,birthday,birth year,year of birth,birth day,dob,founded,"
    "founding year,foundation year,establishment,established,year built,built,opening year,opened,"
    "opening date,open year,release date,release year,released,launched,year,date,time";
constexpr std::string_view kMoments =
    "date,time,year,timestamp,day,month,hour,start,start date,start time,end "
    "date,departure,arrival,"
    "departure time,arrival time,release date,release year,created,updated";
constexpr std::string_view kSizes = "size,area,surface area,population,capacity,volume,square feet";
constexpr std::string_view kPrices = "price,cost,unit price,fee,fare,rate,charge,rent,amount";
constexpr std::string_view kWealth =
    "wealth,net worth,income,fortune,money,balance,revenue,assets,earnings,salary,gdp";
constexpr std::string_view kPay = "salary,wage,wages,pay,income,earnings,compensation";
constexpr std::string_view kQuality = "rating,score,rank points,grade,points,stars,quality,mark";
constexpr std::string_view kFame = "popularity,followers,votes,likes,rating,views,sales";
constexpr std::string_view kSpeeds = "speed,velocity,pace,top speed,max speed,horsepower";
constexpr std::string_view kLoads = "weight,mass,load";
constexpr std::string_view kTemperatures = "temperature,heat,mean temperature,max temperature";
constexpr std::string_view kRises = "height,elevation,altitude,level";
constexpr std::string_view kLengths = "length,duration,distance,runtime,time,range";
constexpr std::string_view kStature = "height,stature";
constexpr std::string_view kWidths = "width,breadth";
constexpr std::string_view kStrengths = "strength,power,force,intensity,horsepower";
constexpr std::string_view kDistances = "distance,range,mileage";

struct Row {
  std::string_view adjective;
  End end;
  std::string_view attributes;  // with commas between
  std::string_view instants;
  Reach reach;
};

constexpr End kUp = End::kGreatest;
constexpr End kDown = End::kLeast;

constexpr Row kRows[] = {
    // age and time
    {"old", kUp, "age", kOrigins, Reach::kNamed},
    {"young", kDown, "age", kOrigins, Reach::kNamed},
    {"new", kDown, "age", kOrigins, Reach::kNamed},
    {"early", kDown, kMoments, "", Reach::kNamed},
    {"late", kUp, kMoments, "", Reach::kNamed},
    {"recent", kUp, kMoments, "", Reach::kNamed},
    // extent
    {"tall", kUp, kStature, "", Reach::kNamed},
    {"long", kUp, kLengths, "", Reach::kNamed},
    {"short", kDown, "length,height,duration,distance,stature,runtime,time", "", Reach::kNamed},
    {"brief", kDown, "duration,length", "", Reach::kNamed},
    {"wide", kUp, kWidths, "", Reach::kNamed},
    {"broad", kUp, kWidths, "", Reach::kNamed},
    {"narrow", kDown, kWidths, "", Reach::kNamed},
    {"deep", kUp, "depth", "", Reach::kNamed},
    {"shallow", kDown, "depth", "", Reach::kNamed},
    {"thick", kUp, "thickness", "", Reach::kNamed},
    {"thin", kDown, "thickness", "", Reach::kNamed},
    {"far", kUp, kDistances, "", Reach::kNamed},
    {"distant", kUp, kDistances, "", Reach::kNamed},
    {"near", kDown, kDistances, "", Reach::kNamed},
    {"close", kDown, kDistances, "", Reach::kNamed},
    {"big", kUp, kSizes, "", Reach::kAnyNumber},
    {"large", kUp, kSizes, "", Reach::kAnyNumber},
    {"great", kUp, kSizes, "", Reach::kAnyNumber},
    {"small", kDown, kSizes, "", Reach::kAnyNumber},
    {"tiny", kDown, kSizes, "", Reach::kAnyNumber},
    {"high", kUp, kRises, "", Reach::kAnyNumber},
    {"low", kDown, kRises, "", Reach::kAnyNumber},
    // matter
    {"heavy", kUp, kLoads, "", Reach::kNamed},
    {"light", kDown, kLoads, "", Reach::kNamed},
    {"hot", kUp, kTemperatures, "", Reach::kNamed},
    {"warm", kUp, kTemperatures, "", Reach::kNamed},
    {"cold", kDown, kTemperatures, "", Reach::kNamed},
    {"cool", kDown, kTemperatures, "", Reach::kNamed},
    {"strong", kUp, kStrengths, "", Reach::kNamed},
    {"powerful", kUp, kStrengths, "", Reach::kNamed},
    {"weak", kDown, kStrengths, "", Reach::kNamed},
    {"dense", kUp, "density", "", Reach::kNamed},
    {"loud", kUp, "loudness,volume", "", Reach::kNamed},
    {"steep", kUp, "slope,grade", "", Reach::kNamed},
    // motion: a race is won by the least time
    {"fast", kUp, kSpeeds, "time,lap time,finish time,duration", Reach::kNamed},
    {"quick", kUp, kSpeeds, "time,lap time,finish time,duration", Reach::kNamed},
    {"slow", kDown, kSpeeds, "time,lap time,finish time,duration", Reach::kNamed},
    // money
    {"expensive", kUp, kPrices, "", Reach::kNamed},
    {"costly", kUp, kPrices, "", Reach::kNamed},
    {"pricey", kUp, kPrices, "", Reach::kNamed},
    {"valuable", kUp, "value,price,market value,worth", "", Reach::kNamed},
    {"cheap", kDown, kPrices, "", Reach::kNamed},
    {"inexpensive", kDown, kPrices, "", Reach::kNamed},
    {"rich", kUp, kWealth, "", Reach::kNamed},
    {"wealthy", kUp, kWealth, "", Reach::kNamed},
    {"poor", kDown, kWealth, "", Reach::kNamed},
    {"profitable", kUp, "profit,earnings,margin", "", Reach::kNamed},
    // worth: a rank or a place counts down to the first
    {"good", kUp, kQuality, "rank,ranking,place,position", Reach::kNamed},
    {"bad", kDown, kQuality, "rank,ranking,place,position", Reach::kNamed},
    {"popular", kUp, kFame, "", Reach::kCount},
    {"common", kUp, "frequency,count", "", Reach::kCount},
    {"frequent", kUp, "frequency,count", "", Reach::kCount},
    {"rare", kDown, "frequency,count", "", Reach::kCount},
    {"successful", kUp, "wins,score,revenue,gross", "", Reach::kNamed},
    {"difficult", kUp, "difficulty", "", Reach::kNamed},
    {"easy", kDown, "difficulty", "", Reach::kNamed},
    // "highest paid", "lowest rated"
    {"paid", kUp, kPay, "", Reach::kNamed},
    {"earning", kUp, kPay, "", Reach::kNamed},
    {"rated", kUp, kQuality, "", Reach::kNamed},
    {"scoring", kUp, "score,points,goals", "", Reach::kNamed},
    {"grossing", kUp, "gross,revenue,sales", "", Reach::kNamed},
    {"priced", kUp, kPrices, "", Reach::kNamed},
    // people and number
    {"populous", kUp, "population,inhabitants", "", Reach::kNamed},
    {"populated", kUp, "population,inhabitants,density", "", Reach::kNamed},
    {"crowded", kUp, "population,density,attendance", "", Reach::kNamed},
    {"many", kUp, "count,number,quantity", "", Reach::kCount},
    {"much", kUp, "amount,quantity,total", "", Reach::kCount},
    {"few", kDown, "count,number,quantity", "", Reach::kCount},
    {"little", kDown, "amount,quantity,size", "", Reach::kCount},
};

struct Irregular {
  std::string_view form;
  std::string_view adjective;
  Degree degree;
};

constexpr Irregular kIrregular[] = {
    {"better", "good", Degree::kComparative}, {"best", "good", Degree::kSuperlative},
    {"worse", "bad", Degree::kComparative},   {"worst", "bad", Degree::kSuperlative},
    {"more", "many", Degree::kComparative},   {"most", "many", Degree::kSuperlative},
    {"less", "little", Degree::kComparative}, {"least", "little", Degree::kSuperlative},
    {"farther", "far", Degree::kComparative}, {"farthest", "far", Degree::kSuperlative},
    {"further", "far", Degree::kComparative}, {"furthest", "far", Degree::kSuperlative},
    {"elder", "old", Degree::kComparative},   {"eldest", "old", Degree::kSuperlative},
    {"last", "late", Degree::kSuperlative},   {"latter", "late", Degree::kComparative},
};

struct Grader {
  std::string_view word;
  Degree degree;
  End end;
};

constexpr Grader kGraders[] = {
    {"more", Degree::kComparative, End::kGreatest},
    {"most", Degree::kSuperlative, End::kGreatest},
    {"less", Degree::kComparative, End::kLeast},
    {"least", Degree::kSuperlative, End::kLeast},
};

// What participles are graded with as well: "best paid", but never "best old".
constexpr Grader kGradersOfParticiples[] = {
    {"higher", Degree::kComparative, End::kGreatest},
    {"better", Degree::kComparative, End::kGreatest},
    {"highest", Degree::kSuperlative, End::kGreatest},
    {"best", Degree::kSuperlative, End::kGreatest},
    {"lower", Degree::kComparative, End::kLeast},
    {"lowest", Degree::kSuperlative, End::kLeast},
    {"worst", Degree::kSuperlative, End::kLeast},
};

constexpr std::string_view kParticiples[] = {"paid",    "earning",  "rated",
                                             "scoring", "grossing", "priced"};

bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

// The last letter doubles behind one vowel and a consonant: hot, hotter. Not w, x or y.
bool Doubles(std::string_view word) {
  const std::size_t size = word.size();
  return size > 2 && !IsVowel(word[size - 1]) && IsVowel(word[size - 2]) &&
         !IsVowel(word[size - 3]) && std::string_view("wxy").find(word.back()) == std::string::npos;
}

// "er" or "est" behind an adjective.
std::string Inflect(std::string_view adjective, std::string_view ending) {
  std::string form(adjective);
  if (form.back() == 'e') {
    form.pop_back();
  } else if (form.back() == 'y' && !IsVowel(form[form.size() - 2])) {
    form.back() = 'i';
  } else if (Doubles(form)) {
    form += form.back();
  }
  return form.append(ending);
}

std::vector<std::string_view> Split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    parts.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

Gradable Of(const Row& row, Degree degree) {
  return {row.adjective, degree, row.end, Split(row.attributes), Split(row.instants), row.reach};
}

const Row* FindRow(std::string_view adjective) {
  for (const Row& row : kRows) {
    if (row.adjective == adjective) return &row;
  }
  return nullptr;
}

std::optional<Gradable> OneWord(std::string_view word) {
  if (IsOneOf(kParticiples, word)) return std::nullopt;
  for (const Irregular& irregular : kIrregular) {
    if (irregular.form == word) return Of(*FindRow(irregular.adjective), irregular.degree);
  }
  for (const Row& row : kRows) {
    if (row.adjective == word) return Of(row, Degree::kPositive);
    // An inflected form keeps all letters of its adjective but the last.
    const std::size_t kept = row.adjective.size() - 1;
    if (word.substr(0, kept) != row.adjective.substr(0, kept)) continue;
    if (Inflect(row.adjective, "er") == word) return Of(row, Degree::kComparative);
    if (Inflect(row.adjective, "est") == word) return Of(row, Degree::kSuperlative);
  }
  return std::nullopt;
}

template <std::size_t kCount>
const Grader* FindGrader(std::string_view word, const Grader (&graders)[kCount]) {
  const auto* found = std::find_if(std::begin(graders), std::end(graders),
                                   [&](const Grader& grader) { return grader.word == word; });
  return found == std::end(graders) ? nullptr : found;
}

bool Holds(const std::vector<std::string_view>& list, std::string_view noun) {
  return std::find(list.begin(), list.end(), noun) != list.end();
}

}  // namespace

std::optional<Gradable> GradableOf(std::string_view words) {
  const std::size_t blank = words.find(' ');
  if (blank == std::string_view::npos) return OneWord(words);
  const std::string_view adjective = words.substr(blank + 1);
  const Grader* grader = FindGrader(words.substr(0, blank), kGraders);
  if (grader == nullptr && IsOneOf(kParticiples, adjective)) {
    grader = FindGrader(words.substr(0, blank), kGradersOfParticiples);
  }
  const Row* const row = grader == nullptr ? nullptr : FindRow(adjective);
  if (row == nullptr) return std::nullopt;
  Gradable gradable = Of(*row, grader->degree);
  if (grader->end == End::kLeast) gradable.end = OtherEnd(gradable.end);
  return gradable;
}

std::optional<End> EndOn(const Gradable& gradable, std::string_view noun) {
  if (Holds(gradable.attributes, noun)) return gradable.end;
  if (Holds(gradable.instants, noun)) return OtherEnd(gradable.end);
  if (gradable.reach != Reach::kNamed) return gradable.end;
  return std::nullopt;
}

End OtherEnd(End end) { return end == End::kLeast ? End::kGreatest : End::kLeast; }

}  // namespace loupe::ask
