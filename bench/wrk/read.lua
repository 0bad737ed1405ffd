-- What wrk sends and how it judges the answers. The argument is a file of requests; BENCH_RESULT names the file of the result, BENCH_THREADS
-- says how many threads there are.
--
-- A line of the file of requests has these fields, with tabs between: how the answer is judged, the Authorization header (may be empty), the
-- body, the expected answer. NUMBER in a body becomes another number from 1.00 to 4.80 each time. How answers are judged:
--   exact     the status is 200, and the body is the expected one to the last byte
--   contains  the status is 200, and the body has the expected text in it
--
-- Every thread has one connection (the benchmark calls wrk so), hence an answer belongs to the request before it.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  lines = {}
  for line in io.lines(args[1]) do
    local kind, authorization, body, expected = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Content-Type"] = "application/json" }
    if authorization ~= "" then headers["Authorization"] = authorization end
    local numbered = body:find("NUMBER", 1, true) ~= nil
    local request = not numbered and wrk.format("POST", nil, headers, body)
    table.insert(lines, { exact = kind == "exact", headers = headers, body = body, request = request, expected = expected })
  end
  lines = own(lines, tonumber(os.getenv("BENCH_THREADS")))
  wrong, example, at = 0, "", 0
  -- Threads begin at numbers of their own, too; they come in hundredths.
  count = number * 23
end

-- Of all lines those of this thread alone: the router answers equal requests of the same moment once, and threads that once asked the
-- same together would from then on have one answer for all of them.
function own(lines, threads)
  if #lines < threads then return lines end
  local share = {}
  for place = number + 1, #lines, threads do table.insert(share, lines[place]) end
  return share
end

function request()
  current = lines[at + 1]
  at = (at + 1) % #lines
  if current.request then return current.request end
  count = count + 1
  local body = current.body:gsub("NUMBER", string.format("%.2f", 1 + count % 381 / 100))
  return wrk.format("POST", nil, current.headers, body)
end

local function right(status, body)
  if status ~= 200 then return false end
  if current.exact then return body == current.expected end
  return body:find(current.expected, 1, true) ~= nil
end

function response(status, headers, body)
  if right(status, body) then return end
  wrong = wrong + 1
  if example == "" then
    example = status .. " for " .. current.body .. "\n  answered: " .. body:sub(1, 2000) .. "\n  expected: " .. current.expected:sub(1, 2000)
  end
end

function done(summary, latency, requests)
  local bad, first = 0, ""
  for _, thread in ipairs(threads) do
    bad = bad + thread:get("wrong")
    if first == "" then first = thread:get("example") end
  end
  local errors = summary.errors
  local out = io.open(os.getenv("BENCH_RESULT"), "w")
  out:write(string.format('{"requests":%d,"micros":%d,"p50":%d,"p95":%d,"p99":%d,"wrong":%d,"failed":%d}\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), bad,
    errors.connect + errors.read + errors.write + errors.timeout))
  out:write(first)
  out:close()
end
