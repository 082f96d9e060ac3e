#ifndef NAVO_TESTS_FAULTS_DATABASE_CHECK_H_
#define NAVO_TESTS_FAULTS_DATABASE_CHECK_H_

#include <map>
#include <string>

namespace navo::faults {

// What the database file of a stopped server must hold whatever happened to that server.
struct DatabaseContent {
  std::map<std::string, int> rows_by_act;  // of the access log, by 16 bytes; permitted ones only
  int64_t log_rows = 0;
  int64_t checkpoints = 0;  // of the access log
  int64_t journal_rows = 0;
  int64_t follow_ups = 0;  // joint meetings, which are counted by themselves too, among them
  int64_t meetings = 0;
  int64_t amendments = 0;
  int64_t steps = 0;
  int64_t assessments = 0;
  int64_t test_results = 0;
  int64_t norskmaal = 0;  // how many times one was set
  int64_t hours = 0;      // weeks of courses, but the shared one
};

// Fails the test unless: the journal's numbers are 1, 2, 3 ... in each stream up to its head; the
// access log's chain holds over all rows, by the store's reading and by the audit's, with every
// checkpoint; every judgement has its one row in the journal and the other way round; the versions
// of a follow-up, a test result, norskmaal, a step, a plan part, a week's hours and a record of the
// administration count their rows there; every joint meeting hangs together; and every change has
// the answer that is kept for its request_id. Nothing in it may come from an import.
DatabaseContent CheckDatabase(const std::string& file);

}  // namespace navo::faults

#endif  // NAVO_TESTS_FAULTS_DATABASE_CHECK_H_
