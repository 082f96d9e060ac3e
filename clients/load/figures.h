// What a benchmark run found: figures of several repetitions, and the report made of them.
#ifndef NAVO_CLIENTS_LOAD_FIGURES_H_
#define NAVO_CLIENTS_LOAD_FIGURES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace navo::load {

// One figure, measured once in each repetition.
class Figure {
 public:
  void Add(double value) { values_.push_back(value); }
  bool measured() const { return !values_.empty(); }
  double Median() const;  // 0 when it was not measured
  double Least() const;
  double Most() const;

 private:
  std::vector<double> values_;
};

// All figures of a run by their key (docs/performance.md lists them). A figure that was not
// measured is not there.
struct Findings {
  std::map<std::string, Figure> figures;
  int participants = 0;
  bool disturbed = false;
  std::string machine;
  std::vector<std::vector<std::string>> tables;  // lines, ready to print below the figures

  Figure& operator[](const std::string& key) { return figures[key]; }
  void AddTable(std::vector<std::string> lines) { tables.push_back(std::move(lines)); }
};

// One flat JSON object: the median of every figure; null for the agreed keys that are not measured.
std::string ToJson(const Findings& findings);
// For people, at most a hundred columns: bars and whether they are met, medians with their spread,
// the tables.
std::string ToTable(const Findings& findings);

}  // namespace navo::load

#endif  // NAVO_CLIENTS_LOAD_FIGURES_H_
