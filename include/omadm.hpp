// omadm.hpp - OMA Device Management for C++17: omadm.h with owners, views and ranges. Header only; throws nothing of its own, and needs neither exceptions nor
// RTTI. omadm.h is the reference for what the functions do; this says who owns what, and what comes back.
//
//     auto tree = omadm::tree::decode(octets);
//     if (!tree) {
//         std::cerr << tree.error().describe(octets) << '\n';
//         return 1;
//     }
//     for (const omadm::node &node : tree->nodes())
//         std::cout << tree->uri(node.id()) << '\n';
//
// RESULTS. What can fail returns a result<T>, which is the value or an error; result<done> where there is no value. What cannot fail but for a handle that was moved
// from has nothing to report: it is empty then, or 0.
//
// OWNERS (message, reader, builder, tree, schema ...) free what they hold when they go, and can be moved, not copied. get() lends the handle of omadm.h to functions
// that have no method here, take() gives it up. One that was moved from holds nothing: its ranges are empty, its results are errors with OMADM_E_NULL.
//
// VIEWS (std::string_view, octets, command, item, node ...) point into the handle they came from, and are copied freely. They are valid as long as that lives, also
// when it is moved; those of a tree until it is next changed, those of a reader until it reads on. Absent texts are views without data(); omadm.h says
// where that can be. raw() is the structure of omadm.h, with the members that have no method here.
//
// RANGES are for one pass: `for (const omadm::command &command : message.commands())`. They hold a handle, not the owner: the owner outlives them.
//
// WHAT IS SENT begins with new_ and is said member by member: new_item().target("./A").data("1"). It lends its texts until the call that takes it returns.
#ifndef OMADM_HPP
#define OMADM_HPP

#include "omadm/auth.hpp"
#include "omadm/base.hpp"
#include "omadm/builder.hpp"
#include "omadm/convert.hpp"
#include "omadm/large_object.hpp"
#include "omadm/message.hpp"
#include "omadm/notification.hpp"
#include "omadm/package.hpp"
#include "omadm/provisioning.hpp"
#include "omadm/query.hpp"
#include "omadm/schema.hpp"
#include "omadm/tree.hpp"
#include "omadm/unstable.hpp"

#endif // OMADM_HPP
