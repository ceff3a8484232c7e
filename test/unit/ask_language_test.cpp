#include "core/ask/language.hpp"

#include <gtest/gtest.h>

#include <string>

namespace loupe::ask {
namespace {

std::string LanguageOf(const std::string& question) {
  return std::string(ForeignLanguageOf(Tokenize(question).value()));
}

TEST(Language, IsToldByItsSmallWords) {
  EXPECT_EQ(LanguageOf("Wie viele Kunden gibt es?"), "German");
  EXPECT_EQ(LanguageOf("Zeige alle Bestellungen aus Deutschland"), "German");
  EXPECT_EQ(LanguageOf("¿Cuántos clientes hay en España?"), "Spanish");
  EXPECT_EQ(LanguageOf("¿Cuál es el producto más caro?"), "Spanish");
  EXPECT_EQ(LanguageOf("Combien de clients y a-t-il dans chaque pays ?"), "French");
  EXPECT_EQ(LanguageOf("Quanti ordini ci sono per ogni paese?"), "Italian");
  EXPECT_EQ(LanguageOf("Quantos pedidos há em cada país?"), "Portuguese");
  EXPECT_EQ(LanguageOf("Hoeveel klanten zijn er in het land?"), "Dutch");
}

TEST(Language, IsToldByItsLetters) {
  EXPECT_EQ(LanguageOf("有多少客户？"), "Chinese");
  EXPECT_EQ(LanguageOf("注文はいくつありますか"), "Japanese");
  EXPECT_EQ(LanguageOf("고객이 몇 명입니까"), "Korean");
  EXPECT_EQ(LanguageOf("сколько клиентов"), "Cyrillic letters");
}

TEST(Language, IsSqlByHowItBegins) {
  for (const char* question : {"SELECT * FROM orders", "select count(*) from orders",
                               "DELETE FROM orders", "update customers set name = 1",
                               "DROP TABLE orders", "WITH a AS (SELECT 1) SELECT FROM a"}) {
    EXPECT_EQ(LanguageOf(question), "SQL") << question;
  }
}

TEST(Language, IsEnglishWhereNothingSpeaksForAnother) {
  for (const char* question :
       {"how many customers are there", "orders by status", "flights from La Paz to El Paso",
        "customers from 北京 with more than 5 orders", "gibberish wibble", "die hard movies",
        "who directed das boot and la la land", "select the customers from Germany", "😀 😀", "5"}) {
    EXPECT_EQ(LanguageOf(question), "") << question;
  }
}

}  // namespace
}  // namespace loupe::ask
