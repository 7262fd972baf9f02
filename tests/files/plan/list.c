// f(dup) -> active
// How long the list is has to be counted; each node's value and shadow go into a record.
struct node { double value; struct node *next; };
double f(const struct node *list) {
  double sum = 0;
  for (; list; list = list->next)
    sum += list->value * list->value;
  return sum;
}
