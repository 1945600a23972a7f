-- Scores every passage that the filters leave by meaning and by words, folds passages into hits,
-- ranks the hits both ways and fuses the ranks (the formulas: service/retrieve/fusion.py).
--
-- A claim is a hit; the windows of its block go into the block's nearest claim, and the windows of
-- a block without one are one hit. {filters} are fixed fragments of service/db/search.py.
--
-- No neighbour index is asked: the scan is exact, so a filter never leaves fewer rows than exist.
-- Rows are looked up by their keys from source to passage to vector, and by each term among the
-- postings. LATERAL with OFFSET 0 fixes that order: left to choose, the planner takes a workspace
-- that came after its last statistics for one row, and reads it once for each of its passages.
WITH eligible AS MATERIALIZED (
    SELECT p.id, p.source_id, p.kind, p.claim_id, p.block, p.length
    FROM app.source s
    CROSS JOIN LATERAL (
        SELECT * FROM app.passage
        WHERE workspace_id = :workspace_id AND source_id = s.id OFFSET 0
    ) p
    LEFT JOIN LATERAL (
        SELECT id, field, state FROM app.claim
        WHERE workspace_id = :workspace_id AND source_id = s.id AND id = p.claim_id OFFSET 0
    ) c ON p.claim_id IS NOT NULL
    WHERE s.workspace_id = :workspace_id {filters}
),
near AS MATERIALIZED (
    SELECT e.*, v.similarity
    FROM eligible e
    LEFT JOIN LATERAL (
        SELECT 1 - (embedding <=> CAST(:vector AS halfvec)) AS similarity FROM app.vector
        WHERE workspace_id = :workspace_id AND passage_id = e.id AND model = :model OFFSET 0
    ) v ON true
),
corpus AS MATERIALIZED (
    SELECT CAST(count(*) AS double precision) AS passages,
        -- without a single word in any passage the mean divides nothing
        CAST(coalesce(nullif(avg(length), 0), 1) AS double precision) AS mean_length
    FROM app.passage WHERE workspace_id = :workspace_id
),
posted AS MATERIALIZED (
    SELECT o.passage_id, question.term, o.tf + :head_weight * o.head_tf AS tf,
        count(*) OVER (PARTITION BY question.term) AS df
    FROM unnest(CAST(:terms AS text[])) AS question (term)
    CROSS JOIN LATERAL (
        SELECT passage_id, tf, head_tf FROM app.posting
        WHERE workspace_id = :workspace_id AND term = question.term OFFSET 0
    ) o
),
asked AS MATERIALIZED (
    SELECT term, ln(1 + (n.passages - coalesce(d.df, 0) + 0.5) / (coalesce(d.df, 0) + 0.5)) AS idf
    FROM unnest(CAST(:terms AS text[])) AS question (term)
    LEFT JOIN (SELECT DISTINCT term, df FROM posted) d USING (term)
    CROSS JOIN corpus n
),
words AS MATERIALIZED (
    -- In the order of the terms: two passages that say the same have the same sum, to the last bit.
    SELECT e.id, sum(a.idf ORDER BY term) AS covered,
        sum(a.idf * o.tf * (:k1 + 1)
            / (o.tf + :k1 * (1 - :b + :b * e.length / n.mean_length)) ORDER BY term) AS bm25
    FROM eligible e
    JOIN posted o ON o.passage_id = e.id
    JOIN asked a USING (term)
    CROSS JOIN corpus n
    GROUP BY e.id
),
folded AS (
    SELECT e.*, w.bm25, w.covered,
        coalesce(e.claim_id, first_value(e.claim_id) OVER (
            PARTITION BY e.source_id, e.block
            ORDER BY (e.kind = 'claim') DESC, e.similarity DESC NULLS LAST,
                w.bm25 DESC NULLS LAST, e.id
        )) AS hit_claim_id
    FROM near e LEFT JOIN words w ON w.id = e.id
),
hits AS (
    SELECT source_id, hit_claim_id AS claim_id, max(similarity) AS similarity, max(bm25) AS bm25,
        max(covered) AS covered,
        (array_agg(id ORDER BY similarity DESC NULLS LAST, bm25 DESC NULLS LAST, id))[1]
            AS passage_id
    FROM folded
    GROUP BY source_id, block, hit_claim_id
),
placed AS (
    SELECT *,
        CASE WHEN bm25 IS NULL THEN count(bm25) OVER () + 1
            ELSE row_number() OVER (ORDER BY bm25 DESC NULLS LAST, passage_id) END AS by_words,
        CASE WHEN similarity IS NULL THEN count(similarity) OVER () + 1
            ELSE row_number() OVER (ORDER BY similarity DESC NULLS LAST, passage_id)
            END AS by_meaning
    FROM hits
)
SELECT source_id, claim_id, passage_id, similarity,
    coalesce(covered / nullif((SELECT sum(idf) FROM asked), 0), 0) AS coverage,
    :words_weight / (:rrf_k + by_words) + :meaning_weight / (:rrf_k + by_meaning) AS score
FROM placed
ORDER BY score DESC, by_meaning, by_words, passage_id
LIMIT :limit OFFSET :offset
