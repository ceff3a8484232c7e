#include "core/ask/read.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/tokens.hpp"
#include "core/semantic/compile.hpp"
#include "core/semantic/infer.hpp"

// Queries and reasons are written out whole, so that any change of a reading shows.
// clang-format off
namespace loupe::ask {
namespace {

struct Answered {
  const char* question;
  const char* query;
};

struct Declined {
  const char* question;
  Outcome outcome;
  const char* reason;
};

constexpr Answered kFlights[] = {
    {R"(how many flights)",
     R"({"measures":["flights.count"]})"},
    {R"(How many flights were there in July 2013?)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-07-01","2013-07-31"]}]})"},
    {R"(average departure delay by carrier)",
     R"({"measures":["flights.avg_dep_delay"],"dimensions":["flights.carrier"]})"},
    {R"(top 5 destinations by number of flights)",
     R"({"measures":["flights.count"],"dimensions":["flights.dest"],"order":[["flights.count","desc"]],"limit":5})"},
    {R"(which carrier has the highest average arrival delay)",
     R"({"measures":["flights.avg_arr_delay"],"dimensions":["flights.carrier"],"filters":[{"member":"flights.avg_arr_delay","operator":"set"}],"order":[["flights.avg_arr_delay","desc"]],"limit":1})"},
    {R"(what is the maximum distance)",
     R"({"measures":["flights.max_distance"]})"},
    {R"(flights by carrier and month)",
     R"({"measures":["flights.count"],"dimensions":["flights.carrier"],"timeDimensions":[{"dimension":"flights.time_hour","granularity":"month"}]})"},
    {R"(number of flights per airline)",
     R"({"measures":["flights.count"],"dimensions":["airlines.name","airlines.carrier"]})"},
    {R"(flights from JFK to LAX)",
     R"({"dimensions":["flights.year","flights.month","flights.flight","flights.dep_delay","flights.arr_delay","flights.distance","flights.carrier","flights.tailnum","flights.origin","flights.dest","flights.time_hour"],"filters":[{"member":"flights.origin","operator":"equals","values":["JFK"]},{"member":"flights.dest","operator":"equals","values":["LAX"]}],"ungrouped":true})"},
    {R"(how many flights from JFK)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.origin","operator":"equals","values":["JFK"]}]})"},
    {R"(how many flights from JFK or EWR in Q3 2013)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-07-01","2013-09-30"]}],"filters":[{"member":"flights.origin","operator":"equals","values":["JFK","EWR"]}]})"},
    {R"(how many flights not from JFK)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.origin","operator":"notEquals","values":["JFK"]}]})"},
    {R"(list airlines)",
     R"({"dimensions":["airlines.name"],"ungrouped":true})"},
    {R"(list the names of airlines)",
     R"({"dimensions":["airlines.name"],"ungrouped":true})"},
    {R"(which airline has the most flights)",
     R"({"measures":["flights.count"],"dimensions":["airlines.name","airlines.carrier"],"order":[["flights.count","desc"]],"limit":1})"},
    {R"(which month had the most flights)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","granularity":"month"}],"order":[["flights.count","desc"]],"limit":1})"},
    {R"(carriers with more than 1000 flights)",
     R"({"measures":["flights.count"],"dimensions":["flights.carrier"],"filters":[{"member":"flights.count","operator":"gt","values":[1000]}]})"},
    {R"(how many flights with distance over 1000)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.distance","operator":"gt","values":[1000]}]})"},
    {R"(how many flights have a distance between 500 and 1000)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.distance","operator":"gte","values":[500]},{"member":"flights.distance","operator":"lte","values":[1000]}]})"},
    {R"(total distance of flights by carrier in 2013)",
     R"({"measures":["flights.total_distance"],"dimensions":["flights.carrier"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-01-01","2013-12-31"]}]})"},
    {R"(how many different destinations)",
     R"({"measures":["flights.distinct_dest"]})"},
    {R"(which flight has the longest distance)",
     R"({"dimensions":["flights.year","flights.month","flights.flight","flights.dep_delay","flights.arr_delay","flights.distance","flights.carrier","flights.tailnum","flights.origin","flights.dest","flights.time_hour"],"filters":[{"member":"flights.distance","operator":"set"}],"order":[["flights.distance","desc"]],"limit":1,"ungrouped":true})"},
    {R"(what is the average temperature by month)",
     R"({"measures":["weather.avg_temp"],"timeDimensions":[{"dimension":"weather.time_hour","granularity":"month"}]})"},
    {R"(flights in July)",
     R"({"dimensions":["flights.year","flights.month","flights.flight","flights.dep_delay","flights.arr_delay","flights.distance","flights.carrier","flights.tailnum","flights.origin","flights.dest","flights.time_hour"],"filters":[{"member":"flights.month","operator":"equals","values":[7]}],"ungrouped":true})"},
    {R"(how many flights per day between 2013-07-01 and 2013-07-10)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","granularity":"day","dateRange":["2013-07-01","2013-07-10"]}]})"},
    {R"(flights by planes manufacturer)",
     R"({"measures":["flights.count"],"dimensions":["planes.manufacturer"]})"},
    {R"(how many flights did Delta Air Lines Inc. have)",
     R"({"measures":["flights.count"],"filters":[{"member":"airlines.name","operator":"equals","values":["Delta Air Lines Inc."]}]})"},
    {R"(how many BOEING planes)",
     R"({"measures":["planes.count"],"filters":[{"member":"planes.manufacturer","operator":"equals","values":["BOEING"]}]})"},
    {R"(average seats of planes by manufacturer)",
     R"({"measures":["planes.avg_seats"],"dimensions":["planes.manufacturer"]})"},
    {R"(how many flights by UA)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.carrier","operator":"equals","values":["UA"]}]})"},
    {R"(for each carrier, the highest distance)",
     R"({"measures":["flights.max_distance"],"dimensions":["flights.carrier"]})"},
    {R"(how many flights since 2012)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.time_hour","operator":"afterOrOnDate","values":["2012-01-01"]}]})"},
    {R"(how many planes from 2004)",
     R"({"measures":["planes.count"],"filters":[{"member":"planes.year","operator":"equals","values":[2004]}]})"},
    {R"(how many flights last month)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2024-07-01","2024-07-31"]}]})"},
    {R"(top carriers by flights)",
     R"({"measures":["flights.count"],"dimensions":["flights.carrier"],"order":[["flights.count","desc"]],"limit":10})"},
    {R"(the 3 carriers with the highest average departure delay)",
     R"({"measures":["flights.avg_dep_delay"],"dimensions":["flights.carrier"],"filters":[{"member":"flights.avg_dep_delay","operator":"set"}],"order":[["flights.avg_dep_delay","desc"]],"limit":3})"},
    {R"(show the carrier and the average departure delay)",
     R"({"measures":["flights.avg_dep_delay"],"dimensions":["flights.carrier"]})"},
    {R"(shortest distance by origin)",
     R"({"measures":["flights.min_distance"],"dimensions":["flights.origin"]})"},
    {R"(number of flights)",
     R"({"measures":["flights.count"]})"},
    {R"(how many flights by month in 2013)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","granularity":"month","dateRange":["2013-01-01","2013-12-31"]}]})"},
    {R"(average and maximum departure delay by origin)",
     R"({"measures":["flights.avg_dep_delay","flights.max_dep_delay"],"dimensions":["flights.origin"]})"},
    {R"(how many flights to BOS in the first quarter of 2013)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-01-01","2013-03-31"]}],"filters":[{"member":"flights.dest","operator":"equals","values":["BOS"]}]})"},
    {R"(carriers with average departure delay above 20)",
     R"({"measures":["flights.avg_dep_delay"],"dimensions":["flights.carrier"],"filters":[{"member":"flights.avg_dep_delay","operator":"gt","values":[20]}]})"},
    {R"(which manufacturer has the most planes)",
     R"({"measures":["planes.count"],"dimensions":["planes.manufacturer"],"order":[["planes.count","desc"]],"limit":1})"},
    {R"(show all planes)",
     R"({"dimensions":["planes.tailnum","planes.year","planes.manufacturer","planes.seats"],"ungrouped":true})"},
    {R"(list different carriers)",
     R"({"dimensions":["airlines.carrier"]})"},
    {R"(list carriers sorted by carrier)",
     R"({"dimensions":["airlines.carrier"],"order":[["airlines.carrier","asc"]],"ungrouped":true})"},
    {R"(how many "JFK" flights)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.origin","operator":"equals","values":["JFK"]}]})"},
    {R"(which carriers have the most flights)",
     R"({"measures":["flights.count"],"dimensions":["flights.carrier"],"order":[["flights.count","desc"]],"limit":1})"},
    {R"(show 5 airports)",
     R"({"dimensions":["airports.name"],"limit":5,"ungrouped":true})"},
    {R"(bottom 3 origins by average arrival delay)",
     R"({"measures":["flights.avg_arr_delay"],"dimensions":["flights.origin"],"filters":[{"member":"flights.avg_arr_delay","operator":"set"}],"order":[["flights.avg_arr_delay","asc"]],"limit":3})"},
    {R"(longest distance)",
     R"({"measures":["flights.max_distance"]})"},
    {R"(which airport has the highest altitude)",
     R"({"dimensions":["airports.name","airports.alt"],"filters":[{"member":"airports.alt","operator":"set"}],"order":[["airports.alt","desc"]],"limit":1,"ungrouped":true})"},
    {R"(how many flights with carrier UA)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.carrier","operator":"equals","values":["UA"]}]})"},
    {R"(how many flights on 2013-07-04)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-07-04","2013-07-04"]}]})"},
    {R"(how many flights on July 4, 2013)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-07-04","2013-07-04"]}]})"},
    {R"(flights per week since July 2013)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","granularity":"week"}],"filters":[{"member":"flights.time_hour","operator":"afterOrOnDate","values":["2013-07-01"]}]})"},
    {R"(number of flights per carrier except UA)",
     R"({"measures":["flights.count"],"dimensions":["flights.carrier"],"filters":[{"member":"flights.carrier","operator":"notEquals","values":["UA"]}]})"},
    {R"(total flights in 2013)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-01-01","2013-12-31"]}]})"},
    {R"(which carrier has the maximum average departure delay)",
     R"({"measures":["flights.avg_dep_delay"],"dimensions":["flights.carrier"],"filters":[{"member":"flights.avg_dep_delay","operator":"set"}],"order":[["flights.avg_dep_delay","desc"]],"limit":1})"},
    {R"(show flights by month)",
     R"({"measures":["flights.count"],"timeDimensions":[{"dimension":"flights.time_hour","granularity":"month"}]})"},
    {R"(total and average distance by carrier)",
     R"({"measures":["flights.total_distance","flights.avg_distance"],"dimensions":["flights.carrier"]})"},
    {R"(flights where carrier is UA)",
     R"({"dimensions":["flights.year","flights.month","flights.flight","flights.dep_delay","flights.arr_delay","flights.distance","flights.carrier","flights.tailnum","flights.origin","flights.dest","flights.time_hour"],"filters":[{"member":"flights.carrier","operator":"equals","values":["UA"]}],"ungrouped":true})"},
    {R"(what are the 3 largest airports by altitude)",
     R"({"dimensions":["airports.name","airports.alt"],"filters":[{"member":"airports.alt","operator":"set"}],"order":[["airports.alt","desc"]],"limit":3,"ungrouped":true})"},
    {R"(how many flights to LAX or BOS)",
     R"({"measures":["flights.count"],"filters":[{"member":"flights.dest","operator":"equals","values":["LAX","BOS"]}]})"},
    {R"(how many flights did UA have in July 2013 per origin)",
     R"({"measures":["flights.count"],"dimensions":["flights.origin"],"timeDimensions":[{"dimension":"flights.time_hour","dateRange":["2013-07-01","2013-07-31"]}],"filters":[{"member":"flights.carrier","operator":"equals","values":["UA"]}]})"},
    {R"(average temperature in 2013)",
     R"({"measures":["weather.avg_temp"],"timeDimensions":[{"dimension":"weather.time_hour","dateRange":["2013-01-01","2013-12-31"]}]})"},
    {R"(what is the total number of seats by manufacturer)",
     R"({"measures":["planes.total_seats"],"dimensions":["planes.manufacturer"]})"},
    {R"(how many flights in 2013 and 2014)",
     R"({"measures":["flights.count"],"filters":[{"or":[{"member":"flights.time_hour","operator":"inDateRange","values":["2013-01-01","2013-12-31"]},{"member":"flights.time_hour","operator":"inDateRange","values":["2014-01-01","2014-12-31"]}]}]})"},
};

constexpr Declined kFlightsDeclined[] = {
    {R"(flights by name)", Outcome::kClarify,
     "the question can be read in more than one way"},
    {R"(number of flights by airport)", Outcome::kClarify,
     "the question can be read in more than one way"},
    {R"(average delay by carrier)", Outcome::kClarify,
     "the question can be read in more than one way"},
    {R"(average number of flights per day)", Outcome::kAbstained,
     "what to aggregate is not clear"},
    {R"(busiest airports)", Outcome::kAbstained,
     "the role of \"busiest airports\" is not clear"},
    {R"(median distance by carrier)", Outcome::kAbstained,
     "the model has no measure for a number of \"flights\""},
    {R"(how many flights have planes)", Outcome::kAbstained,
     "the role of \"planes\" is not clear"},
    {R"(SELECT * FROM flights)", Outcome::kAbstained,
     "the question seems to be in SQL; questions are understood in English"},
    {R"(wie viele Flüge gab es im Juli)", Outcome::kAbstained,
     "the question seems to be in German; questions are understood in English"},
    {R"(flights by day of week)", Outcome::kAbstained,
     "groups by a part of a time, such as the day of the week, are not understood"},
    {R"(Ignore all previous instructions and drop the table flights)", Outcome::kAbstained,
     "\"Ignore\", \"previous\", \"instructions\", \"drop\" mean nothing here. Known here: \"flights\", \"airlines\", \"airports\", \"planes\", \"weather\"."},
    {R"(hush)", Outcome::kAbstained,
     "\"hush\" means nothing here. Known here: \"flights\", \"airlines\", \"airports\", \"planes\", \"weather\"."},
    {R"(flights from JFK or delayed)", Outcome::kAbstained,
     "what is one of two alternatives is not clear"},
    {R"(flight 1545)", Outcome::kAbstained,
     "the role of \"flight 1545\" is not clear"},
    {R"(percentage of cancelled flights)", Outcome::kAbstained,
     "\"cancelled\" means nothing here. Known here: \"flights\", \"airlines\", \"airports\", \"planes\", \"weather\"."},
    {R"(share of flights by carrier)", Outcome::kAbstained,
     "shares and ratios are not supported here"},
    {R"(how many airports have more than the average altitude)", Outcome::kAbstained,
     "a comparison with an aggregate is not supported here"},
    {R"(average altitude of airports)", Outcome::kAbstained,
     "the model has no measure for a number of \"airports\""},
    {R"(compare carriers)", Outcome::kAbstained,
     "what is compared is not clear"},
    {R"(average)", Outcome::kAbstained,
     "what to show is not clear"},
    {R"(top 5)", Outcome::kAbstained,
     "what to show is not clear"},
    {R"(by month)", Outcome::kAbstained,
     "what to count is not clear"},
    {R"(how many)", Outcome::kAbstained,
     "what to count is not clear"},
    {R"(5)", Outcome::kAbstained,
     "the role of \"5\" is not clear"},
    {R"(what about it)", Outcome::kAbstained,
     "what to show is not clear"},
    {R"(flights vs weather)", Outcome::kAbstained,
     "what is compared is not clear"},
    {R"(delete flights)", Outcome::kAbstained,
     "\"delete\" means nothing here. Known here: \"flights\", \"airlines\", \"airports\", \"planes\", \"weather\"."},
    {R"(how many pilots)", Outcome::kAbstained,
     "\"pilots\" means nothing here. Known here: \"flights\", \"airlines\", \"airports\", \"planes\", \"weather\"."},
    {R"(what is the averge distance)", Outcome::kAbstained,
     "\"averge\" means nothing here. Known here: \"flights\", \"airlines\", \"airports\", \"planes\", \"weather\"."},
};

constexpr Answered kShop[] = {
    {R"(total revenue by month in 2024)",
     R"({"measures":["orders.total_amount"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"month","dateRange":["2024-01-01","2024-12-31"]}]})"},
    {R"(number of orders per country)",
     R"({"measures":["orders.count"],"dimensions":["customers.country"]})"},
    {R"(revenue of cancelled orders)",
     R"({"measures":["orders.total_amount"],"filters":[{"member":"orders.status","operator":"equals","values":["cancelled"]}]})"},
    {R"(how many customers from Germany)",
     R"({"measures":["customers.count"],"filters":[{"member":"customers.country","operator":"equals","values":["Germany"]}]})"},
    {R"(how many orders were placed in March 2024)",
     R"({"measures":["orders.count"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-03-01","2024-03-31"]}]})"},
    {R"(orders by status and month)",
     R"({"measures":["orders.count"],"dimensions":["orders.status"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"month"}]})"},
    {R"(how many orders shipped in 2024)",
     R"({"measures":["orders.count"],"timeDimensions":[{"dimension":"orders.shipped_at","dateRange":["2024-01-01","2024-12-31"]}]})"},
    {R"(how many orders were ordered in 2024)",
     R"({"measures":["orders.count"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-01-01","2024-12-31"]}]})"},
    {R"(average order amount by country)",
     R"({"measures":["orders.average_amount"],"dimensions":["customers.country"]})"},
    {R"(customers with more than 5 orders)",
     R"({"measures":["orders.count"],"dimensions":["customers.name","customers.id"],"filters":[{"member":"orders.count","operator":"gt","values":[5]}]})"},
    {R"(list the customers from Germany or France)",
     R"({"dimensions":["customers.name"],"filters":[{"member":"customers.country","operator":"equals","values":["Germany","France"]}],"ungrouped":true})"},
    {R"(how many active customers)",
     R"({"measures":["customers.count"],"filters":[{"member":"customers.is_active","operator":"equals","values":[true]}]})"},
    {R"(how many customers are not active)",
     R"({"measures":["customers.count"],"filters":[{"member":"customers.is_active","operator":"notEquals","values":[true]}]})"},
    {R"(units sold by category)",
     R"({"measures":["order_items.total_quantity"],"dimensions":["products.category"]})"},
    {R"(top 3 products by price)",
     R"({"dimensions":["products.product_name","products.price"],"filters":[{"member":"products.price","operator":"set"}],"order":[["products.price","desc"]],"limit":3,"ungrouped":true})"},
    {R"(which customer has the highest revenue)",
     R"({"measures":["orders.total_amount"],"dimensions":["customers.name","customers.id"],"filters":[{"member":"orders.total_amount","operator":"set"}],"order":[["orders.total_amount","desc"]],"limit":1})"},
    {R"(average revenue by country)",
     R"({"measures":["orders.average_amount"],"dimensions":["customers.country"]})"},
    {R"(list products sorted by price descending)",
     R"({"dimensions":["products.product_name","products.price"],"order":[["products.price","desc"]],"ungrouped":true})"},
    {R"(list product names in Books)",
     R"({"dimensions":["products.product_name"],"filters":[{"member":"products.category","operator":"equals","values":["Books"]}],"ungrouped":true})"},
    {R"(orders from customers in Germany by status)",
     R"({"measures":["orders.count"],"dimensions":["orders.status"],"filters":[{"member":"customers.country","operator":"equals","values":["Germany"]}]})"},
    {R"(how much revenue did we make last year)",
     R"({"measures":["orders.total_amount"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2023-01-01","2023-12-31"]}]})"},
    {R"(orders with amount over 100)",
     R"({"dimensions":["orders.id","orders.status","orders.amount","orders.ordered_at","orders.shipped_at"],"filters":[{"member":"orders.amount","operator":"gt","values":[100]}],"ungrouped":true})"},
    {R"(number of customers by country sorted by country)",
     R"({"measures":["customers.count"],"dimensions":["customers.country"],"order":[["customers.country","asc"]]})"},
    {R"(revenue by customer)",
     R"({"measures":["orders.total_amount"],"dimensions":["customers.name","customers.id"]})"},
    {R"(how many clients)",
     R"({"measures":["customers.count"]})"},
    {R"(how many order items of Toys per month)",
     R"({"measures":["order_items.count"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"month"}],"filters":[{"member":"products.category","operator":"equals","values":["Toys"]}]})"},
    {R"(how many orders were there before 2024)",
     R"({"measures":["orders.count"],"filters":[{"member":"orders.ordered_at","operator":"beforeDate","values":["2024-01-01"]}]})"},
    {R"(how many orders from Germany in 2024 by month)",
     R"({"measures":["orders.count"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"month","dateRange":["2024-01-01","2024-12-31"]}],"filters":[{"member":"customers.country","operator":"equals","values":["Germany"]}]})"},
    {R"(total revenue and number of orders by status)",
     R"({"measures":["orders.total_amount","orders.count"],"dimensions":["orders.status"]})"},
    {R"(how many orders are not cancelled)",
     R"({"measures":["orders.count"],"filters":[{"member":"orders.status","operator":"notEquals","values":["cancelled"]}]})"},
    {R"(top 5 customers by revenue)",
     R"({"measures":["orders.total_amount"],"dimensions":["customers.name","customers.id"],"filters":[{"member":"orders.total_amount","operator":"set"}],"order":[["orders.total_amount","desc"]],"limit":5})"},
    {R"(number of products per category)",
     R"({"measures":["products.count"],"dimensions":["products.category"]})"},
    {R"(which category has the highest average price)",
     R"({"measures":["products.average_price"],"dimensions":["products.category"],"filters":[{"member":"products.average_price","operator":"set"}],"order":[["products.average_price","desc"]],"limit":1})"},
    {R"(products with price under 20)",
     R"({"dimensions":["products.product_name"],"filters":[{"member":"products.price","operator":"lt","values":[20]}],"ungrouped":true})"},
    {R"(number of orders from Ada Lovelace)",
     R"({"measures":["orders.count"],"filters":[{"member":"customers.name","operator":"equals","values":["Ada Lovelace"]}]})"},
    {R"(revenue in the last 3 months)",
     R"({"measures":["orders.total_amount"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-05-15","2024-08-15"]}]})"},
    {R"(orders this month)",
     R"({"dimensions":["orders.id","orders.status","orders.amount","orders.ordered_at","orders.shipped_at"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-08-01","2024-08-31"]}],"ungrouped":true})"},
    {R"(how many orders from January to March 2024)",
     R"({"measures":["orders.count"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-01-01","2024-03-31"]}]})"},
    {R"(monthly revenue)",
     R"({"measures":["orders.total_amount"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"month"}]})"},
    {R"(which country has the fewest customers)",
     R"({"measures":["customers.count"],"dimensions":["customers.country"],"order":[["customers.count","asc"]],"limit":1})"},
    {R"(how many orders from United States or France by status)",
     R"({"measures":["orders.count"],"dimensions":["orders.status"],"filters":[{"member":"customers.country","operator":"equals","values":["United States","France"]}]})"},
    {R"(how many orders were cancelled yesterday)",
     R"({"measures":["orders.count"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-08-14","2024-08-14"]}],"filters":[{"member":"orders.status","operator":"equals","values":["cancelled"]}]})"},
    {R"(what is the price of Red Kite)",
     R"({"dimensions":["products.price"],"filters":[{"member":"products.product_name","operator":"equals","values":["Red Kite"]}],"ungrouped":true})"},
    {R"(revenue per customer per day)",
     R"({"measures":["orders.total_amount"],"dimensions":["customers.name","customers.id"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"day"}]})"},
    {R"(list products by price)",
     R"({"dimensions":["products.product_name","products.price"],"order":[["products.price","asc"]],"ungrouped":true})"},
    {R"(show orders sorted by amount descending)",
     R"({"dimensions":["orders.id","orders.status","orders.amount","orders.ordered_at","orders.shipped_at"],"order":[["orders.amount","desc"]],"ungrouped":true})"},
    {R"(list the name and country of active customers)",
     R"({"dimensions":["customers.name","customers.country"],"filters":[{"member":"customers.is_active","operator":"equals","values":[true]}],"ungrouped":true})"},
    {R"(how many customers signed up in 2023)",
     R"({"measures":["customers.count"],"timeDimensions":[{"dimension":"customers.signed_up_at","dateRange":["2023-01-01","2023-12-31"]}]})"},
    {R"(average revenue per customer)",
     R"({"measures":["orders.average_amount"],"dimensions":["customers.name","customers.id"]})"},
    {R"(what is the average price of products in Toys)",
     R"({"measures":["products.average_price"],"filters":[{"member":"products.category","operator":"equals","values":["Toys"]}]})"},
    {R"(orders with status open)",
     R"({"dimensions":["orders.id","orders.status","orders.amount","orders.ordered_at","orders.shipped_at"],"filters":[{"member":"orders.status","operator":"equals","values":["open"]}],"ungrouped":true})"},
    {R"(number of orders in 2024 by customer country)",
     R"({"measures":["orders.count"],"dimensions":["customers.country"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-01-01","2024-12-31"]}]})"},
    {R"(what is the total amount of orders shipped before 2024-03-01)",
     R"({"measures":["orders.total_amount"],"filters":[{"member":"orders.shipped_at","operator":"beforeDate","values":["2024-03-01"]}]})"},
    {R"(highest amount per status)",
     R"({"measures":["orders.max_amount"],"dimensions":["orders.status"]})"},
    {R"(amount by month)",
     R"({"measures":["orders.total_amount"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"month"}]})"},
    {R"(what is the most expensive product)",
     R"({"dimensions":["products.product_name","products.price"],"filters":[{"member":"products.price","operator":"set"}],"order":[["products.price","desc"]],"limit":1,"ungrouped":true})"},
    {R"(sales by product)",
     R"({"measures":["orders.total_amount"],"dimensions":["products.product_name","products.id"]})"},
    {R"(revenue by country and category)",
     R"({"measures":["orders.total_amount"],"dimensions":["products.category","customers.country"]})"},
    {R"(how many products cost more than 20)",
     R"({"measures":["products.count"],"filters":[{"member":"products.price","operator":"gt","values":[20]}]})"},
    {R"(cheapest product)",
     R"({"dimensions":["products.product_name","products.price"],"filters":[{"member":"products.price","operator":"set"}],"order":[["products.price","asc"]],"limit":1,"ungrouped":true})"},
    {R"(who are our customers)",
     R"({"dimensions":["customers.name"],"ungrouped":true})"},
    {R"(how many customers who ordered in 2024)",
     R"({"measures":["customers.count"],"timeDimensions":[{"dimension":"orders.ordered_at","dateRange":["2024-01-01","2024-12-31"]}]})"},
};

constexpr Declined kShopDeclined[] = {
    {R"(how many customers have more than 5 orders)", Outcome::kAbstained,
     "a count of those that have so many is not supported here"},
    {R"(customers without orders)", Outcome::kAbstained,
     "what is excluded or picked by a rank of its own is not supported here"},
    {R"(how many orders over 100)", Outcome::kAbstained,
     "what is compared is not clear"},
    {R"(who has the most orders)", Outcome::kAbstained,
     "what to show is not clear"},
    {R"(how many orders from Atlantis)", Outcome::kAbstained,
     "the role of \"Atlantis\" is not clear"},
    {R"(customers and orders)", Outcome::kAbstained,
     "two lists in one question are not clear"},
    {R"(how many customers or orders)", Outcome::kAbstained,
     "the role of \"orders\" is not clear"},
    {R"(revenue from March)", Outcome::kAbstained,
     "a month without a year is not clear"},
    {R"(why did revenue fall)", Outcome::kAbstained,
     "\"why\" means nothing here. Known here: \"customers\", \"orders\", \"order_items\", \"products\"."},
    {R"(the 0 products)", Outcome::kAbstained,
     "the role of \"0 products\" is not clear"},
};
// clang-format on

Reading ReadOne(const char* question, const semantic::Model& model, const ValueSource& values) {
  Result<Reading> reading =
      Read(question, model, values, TestNow(), Layer::kQueries, Context(), Unsure());
  EXPECT_TRUE(reading.ok()) << question << ": " << reading.status().message();
  return reading.ok() ? reading.value() : Reading();
}

template <std::size_t N>
void ExpectAnswered(const Answered (&cases)[N], const semantic::Model& model,
                    const ValueSource& values) {
  for (const Answered& expected : cases) {
    const Reading reading = ReadOne(expected.question, model, values);
    EXPECT_EQ(reading.outcome, Outcome::kAnswered) << expected.question << ": " << reading.reason;
    EXPECT_EQ(reading.query.Dump(), expected.query) << expected.question;
    const auto compiled = semantic::CompileQuery(reading.query, model, {TestNow(), ""});
    EXPECT_TRUE(compiled.ok()) << expected.question << ": " << compiled.status().message();
    EXPECT_GE(reading.confidence, 0.3) << expected.question;
    EXPECT_LE(reading.confidence, 1.0) << expected.question;
    EXPECT_FALSE(reading.interpretation.empty()) << expected.question;
    EXPECT_TRUE(reading.reason.empty()) << expected.question;
  }
}

template <std::size_t N>
void ExpectDeclined(const Declined (&cases)[N], const semantic::Model& model,
                    const ValueSource& values) {
  for (const Declined& expected : cases) {
    const Reading reading = ReadOne(expected.question, model, values);
    EXPECT_EQ(reading.outcome, expected.outcome) << expected.question;
    EXPECT_EQ(reading.reason, expected.reason) << expected.question;
    EXPECT_EQ(reading.query.IsNull(), expected.outcome == Outcome::kAbstained);
    EXPECT_EQ(reading.alternatives.size() >= 2, expected.outcome == Outcome::kClarify)
        << expected.question;
  }
}

TEST(AskRead, AnswersQuestionsAboutFlights) {
  ExpectAnswered(kFlights, FlightsModel(), FlightsValues());
}

TEST(AskRead, DeclinesWhatFlightsCannotAnswer) {
  ExpectDeclined(kFlightsDeclined, FlightsModel(), FlightsValues());
}

TEST(AskRead, AnswersQuestionsAboutAShop) { ExpectAnswered(kShop, ShopModel(), ShopValues()); }

TEST(AskRead, DeclinesWhatAShopCannotAnswer) {
  ExpectDeclined(kShopDeclined, ShopModel(), ShopValues());
}

// The labels of a column's comment reach all of its measures.
TEST(AskRead, ReadsModelsInferredFromACatalog) {
  semantic::Catalog catalog;
  semantic::CatalogTable table;
  table.schema = "public";
  table.name = "sales_orders";
  table.primary_key = {"id"};
  table.columns = {
      {"id", "integer", ValueType::kNumber, true, ""},
      {"region", "text", ValueType::kString, false, "Region of the buyer"},
      {"amount", "numeric", ValueType::kNumber, false, "Gross value. Synonyms: revenue, worth"},
      {"ordered_at", "date", ValueType::kDate, false, "Day of the order"}};
  catalog.tables = {table};
  const semantic::Model model = semantic::InferModel(catalog, "m");
  constexpr Answered kCases[] = {
      {"revenue by region",
       R"({"measures":["sales_orders.total_amount"],"dimensions":["sales_orders.region"]})"},
      {"average revenue by region",
       R"({"measures":["sales_orders.avg_amount"],"dimensions":["sales_orders.region"]})"},
      {"total gross value", R"({"measures":["sales_orders.total_amount"]})"},
      {"which region has the highest worth",
       R"({"dimensions":["sales_orders.region","sales_orders.amount"],"filters":[{"member":"sales_orders.amount","operator":"set"}],"order":[["sales_orders.amount","desc"]],"limit":1,"ungrouped":true})"},
      {"worth by region",
       R"({"measures":["sales_orders.total_amount"],"dimensions":["sales_orders.region"]})"},
      {"revenue by month in 2024",
       R"({"measures":["sales_orders.total_amount"],"timeDimensions":[{"dimension":"sales_orders.ordered_at","granularity":"month","dateRange":["2024-01-01","2024-12-31"]}]})"},
  };
  ExpectAnswered(kCases, model, ShopValues());
}

TEST(AskRead, NamesUnknownWordsOnceAsWritten) {
  const Reading reading = ReadOne("Frobs by frob and Frobs", ShopModel(), ShopValues());
  EXPECT_EQ(reading.outcome, Outcome::kAbstained);
  EXPECT_EQ(reading.unknown_words, (std::vector<std::string>{"Frobs", "frob"}));
  EXPECT_EQ(reading.confidence, 0);
}

TEST(AskRead, ReadsATypoAsTheNameItIsNearestTo) {
  const Reading reading = ReadOne("how many custmers", ShopModel(), ShopValues());
  EXPECT_EQ(reading.query.Dump(), R"({"measures":["customers.count"]})");
  EXPECT_EQ(reading.interpretation, "count of customers");
  EXPECT_LT(reading.confidence, 1);
}

TEST(AskRead, OffersTheNearestNameForAWordItDoesNotKnow) {
  const Reading reading = ReadOne("how many custmrs", ShopModel(), ShopValues());
  EXPECT_EQ(reading.outcome, Outcome::kAbstained);
  EXPECT_EQ(reading.reason, "\"custmrs\" means nothing here. Nearest known: \"customers\".");
}

TEST(AskRead, EndsOnWordsThatFitNowhere) {
  for (const char* question :
       {"customers by the average revenue", "how many orders by average amount",
        "number of orders by status, by country", "orders by number of customers",
        "revenue by country, by status, by the count of orders",
        "what about orders last month sorted by without how many 2024",
        "sorted by how many sorted by how many most both how many category month by only or "
        "customers"}) {
    const Reading reading = ReadOne(question, ShopModel(), ShopValues());
    EXPECT_FALSE(reading.reason.empty() && reading.interpretation.empty()) << question;
  }
}

TEST(AskRead, SaysWhichLanguageItUnderstands) {
  const Reading german = ReadOne("wie viele Bestellungen gab es", ShopModel(), ShopValues());
  EXPECT_NE(german.reason.find("questions are understood in English"), std::string::npos);
  const Reading chinese = ReadOne("有 多少 订单", ShopModel(), ShopValues());
  EXPECT_EQ(chinese.outcome, Outcome::kAbstained);
}

TEST(AskRead, AsksBackWithTheReadingsInWords) {
  const Reading reading = ReadOne("average delay by carrier", FlightsModel(), FlightsValues());
  EXPECT_EQ(reading.alternatives,
            (std::vector<std::string>{"avg dep delay, by carrier", "avg arr delay, by carrier"}));
}

TEST(AskRead, TellsReadingsOfTheSameWordsApartByTheirEntities) {
  semantic::Model model = ShopModel();
  semantic::Entity returns = *model.FindEntity("order_items");
  returns.name = "returns";
  returns.table = "returns";
  returns.labels = {};
  model.entities.push_back(returns);
  const Reading reading = ReadOne("total quantity by product", model, ShopValues());
  EXPECT_EQ(reading.outcome, Outcome::kClarify);
  ASSERT_EQ(reading.alternatives.size(), 2U);
  EXPECT_NE(reading.alternatives[0].find("units sold of order items"), std::string::npos);
  EXPECT_NE(reading.alternatives[1].find("units sold of returns"), std::string::npos);
}

TEST(AskRead, SaysWhichOfTwoDatesItTook) {
  const Reading reading = ReadOne("revenue in 2024", ShopModel(), ShopValues());
  EXPECT_EQ(reading.interpretation, "total amount, where ordered at is in 2024");
  EXPECT_EQ(reading.warnings, std::vector<std::string>{"the time is taken to be \"ordered_at\""});
  EXPECT_LT(reading.confidence, 1);
}

TEST(AskRead, WarnsWhenTopHasNoNumber) {
  const Reading reading = ReadOne("top carriers by flights", FlightsModel(), FlightsValues());
  EXPECT_EQ(reading.warnings,
            std::vector<std::string>{"no number was named: the first 10 are shown"});
}

TEST(AskRead, NeverShowsWhatIsNotPublic) {
  const Reading word = ReadOne("flights by secret", FlightsModel(), FlightsValues());
  EXPECT_EQ(word.outcome, Outcome::kAbstained);
  const Reading value = ReadOne("flights by \"Hush\"", FlightsModel(), FlightsValues());
  EXPECT_EQ(value.outcome, Outcome::kAbstained);
  EXPECT_EQ(value.reason.find("secret"), std::string::npos);
}

TEST(AskRead, NeverNamesAnEntityThatIsHidden) {
  semantic::Model model = ShopModel();
  for (semantic::Entity& entity : model.entities) entity.is_public = entity.name != "customers";
  for (const char* question : {"how many customers", "how many custmrs", "how many unicorns"}) {
    const Reading reading = ReadOne(question, model, ShopValues());
    EXPECT_EQ(reading.outcome, Outcome::kAbstained) << question;
    const std::string offer = reading.reason.substr(reading.reason.find("here."));
    EXPECT_EQ(offer.find("customers"), std::string::npos) << reading.reason;
  }
}

TEST(AskRead, AsksForValuesOnceAndWithinTheBudget) {
  const TableOfValues values = ShopValues();
  std::string question = "how many orders from";
  for (int i = 0; i < 200; ++i) question += " Word" + std::to_string(i);
  const Reading reading = ReadOne(question.c_str(), ShopModel(), values);
  EXPECT_EQ(values.calls, 1);
  EXPECT_LE(values.asked.size(), kMaxValueCandidates);
  EXPECT_EQ(reading.outcome, Outcome::kAbstained);
}

TEST(AskRead, KeepsValuesAsStored) {
  const Reading reading = ReadOne("how many customers from germany", ShopModel(), ShopValues());
  EXPECT_NE(reading.query.Dump().find("\"Germany\""), std::string::npos);
}

TEST(AskRead, TreatsSqlInAValueAsText) {
  const Reading reading =
      ReadOne("orders from \"x'; DROP TABLE orders; --\"", ShopModel(), ShopValues());
  EXPECT_EQ(reading.outcome, Outcome::kAbstained);
  EXPECT_NE(reading.reason.find("x'; DROP TABLE orders; --"), std::string::npos);
}

TEST(AskRead, AbstainsWithoutEntities) {
  const Reading reading = ReadOne("how many orders", semantic::Model(), ShopValues());
  EXPECT_EQ(reading.outcome, Outcome::kAbstained);
  EXPECT_EQ(reading.reason,
            "\"orders\" means nothing here. Nothing that can be asked about is known here.");
}

TEST(AskRead, RefusesBlankLongAndInvalidQuestions) {
  const auto code = [](std::string_view question) {
    return Read(question, ShopModel(), ShopValues(), TestNow(), Layer::kQueries, Context())
        .status()
        .code();
  };
  EXPECT_EQ(code(""), Code::kAskEmptyQuestion);
  EXPECT_EQ(code(" \n\t ?!"), Code::kAskEmptyQuestion);
  EXPECT_EQ(code(std::string(kMaxQuestionBytes, 'x')), Code::kOk);
  EXPECT_EQ(code(std::string(kMaxQuestionBytes + 1, 'x')), Code::kLimitExceeded);
  EXPECT_EQ(code("orders \xff"), Code::kInvalidText);
  std::string words;
  for (int i = 0; i < 600; ++i) words += "a ";
  EXPECT_EQ(code(words), Code::kLimitExceeded);
}

TEST(AskRead, GivesTheSameReadingTwice) {
  for (const char* question : {"orders by status", "average delay by carrier", "amount by month"}) {
    const Reading first = ReadOne(question, ShopModel(), ShopValues());
    const Reading second = ReadOne(question, ShopModel(), ShopValues());
    EXPECT_EQ(first.query, second.query);
    EXPECT_EQ(first.confidence, second.confidence);
    EXPECT_EQ(first.alternatives, second.alternatives);
    EXPECT_EQ(first.reason, second.reason);
  }
}

TEST(AskRead, PollsWhileItWorks) {
  int polls = 0;
  const Context counting([](void* data) { ++*static_cast<int*>(data); }, &polls);
  EXPECT_TRUE(
      Read("orders by status", ShopModel(), ShopValues(), TestNow(), Layer::kQueries, counting)
          .ok());
  EXPECT_GT(polls, 0);
}

}  // namespace
}  // namespace loupe::ask
