--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_table_access_method = heap;

--
-- Name: history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.history (
    number bigint NOT NULL,
    version bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    events text NOT NULL
)
WITH (autovacuum_vacuum_insert_scale_factor='0.1');


--
-- Name: inbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inbox (
    seq bigint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    slice smallint NOT NULL,
    kind smallint NOT NULL,
    seen smallint DEFAULT 0 NOT NULL,
    process_id text NOT NULL COLLATE pg_catalog."C",
    message_id text NOT NULL COLLATE pg_catalog."C",
    name text,
    sender text COLLATE pg_catalog."C",
    payload bytea NOT NULL,
    CONSTRAINT inbox_kind_check CHECK (((kind >= 1) AND (kind <= 5))),
    CONSTRAINT inbox_message_id_check CHECK (((length(message_id) >= 1) AND (length(message_id) <= 1200))),
    CONSTRAINT inbox_seen_check CHECK (((seen >= 0) AND (seen <= 3))),
    CONSTRAINT inbox_slice_check CHECK (((slice >= 0) AND (slice <= 255)))
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.02', autovacuum_analyze_scale_factor='0.05');


--
-- Name: inbox_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.inbox ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inbox_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: owf_schema; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.owf_schema (
    schemaversionsid integer NOT NULL,
    scriptname character varying(255) NOT NULL,
    applied timestamp without time zone NOT NULL
);


--
-- Name: owf_schema_schemaversionsid_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.owf_schema_schemaversionsid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: owf_schema_schemaversionsid_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.owf_schema_schemaversionsid_seq OWNED BY public.owf_schema.schemaversionsid;


--
-- Name: probe; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.probe (
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT probe_number_check CHECK ((number = 1))
);


--
-- Name: process; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.process (
    number bigint NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    due_at timestamp with time zone,
    last_operation uuid NOT NULL,
    definition_version integer NOT NULL,
    exit_code integer,
    parent_step integer,
    parent_index integer,
    slice smallint NOT NULL,
    state smallint NOT NULL,
    incident smallint,
    paused boolean NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    run_id text NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    start_request_id text NOT NULL COLLATE pg_catalog."C",
    root text NOT NULL COLLATE pg_catalog."C",
    parent text COLLATE pg_catalog."C",
    owner text COLLATE pg_catalog."C",
    status_text text,
    tags jsonb NOT NULL,
    input bytea NOT NULL,
    checkpoint bytea NOT NULL,
    output bytea,
    failure bytea,
    CONSTRAINT due_at_is_null_while_running_paused_or_terminal CHECK (((due_at IS NULL) OR ((NOT paused) AND (state = ANY (ARRAY[0, 2]))))),
    CONSTRAINT owner_is_set_exactly_while_running_and_not_paused CHECK (((owner IS NOT NULL) = ((state = 1) AND (NOT paused)))),
    CONSTRAINT process_slice_check CHECK (((slice >= 0) AND (slice <= 255))),
    CONSTRAINT process_state_check CHECK (((state >= 0) AND (state <= 5))),
    CONSTRAINT process_version_check CHECK ((version >= 1))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.1', autovacuum_analyze_scale_factor='0.05');


--
-- Name: process_number_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.process ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.process_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: owf_schema schemaversionsid; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.owf_schema ALTER COLUMN schemaversionsid SET DEFAULT nextval('public.owf_schema_schemaversionsid_seq'::regclass);


--
-- Data for Name: history; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.history VALUES (1, 1, '2026-03-01 12:00:01.142+00', '[{"Kind":1,"Text":"frozen/machine"}]');
INSERT INTO public.history VALUES (2, 1, '2026-03-01 12:00:01.333+00', '[{"Kind":1,"Text":"frozen/machine"}]');
INSERT INTO public.history VALUES (3, 1, '2026-03-01 12:00:01.344+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (3, 2, '2026-03-01 12:00:01.357+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (4, 1, '2026-03-01 12:00:01.365+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (4, 2, '2026-03-01 12:00:01.366+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (4, 3, '2026-03-01 12:00:01.382+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (3, 3, '2026-03-01 12:00:01.374+00', '[{"Kind":3,"Text":"Choose"},{"Kind":11,"Text":"1 of step 1"},{"Kind":8,"Text":"1 of 1 children of step 1 to end"}]');
INSERT INTO public.history VALUES (5, 1, '2026-03-01 12:00:01.374+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (6, 1, '2026-03-01 12:00:01.383+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (6, 2, '2026-03-01 12:00:01.394+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (7, 1, '2026-03-01 12:00:01.397+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (6, 3, '2026-03-01 12:00:01.398+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027, until 2026-03-31T12:00:01.3980000\u002B00:00"}]');
INSERT INTO public.history VALUES (7, 2, '2026-03-01 12:00:01.399+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (8, 1, '2026-03-01 12:00:01.4+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (7, 3, '2026-03-01 12:00:01.401+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The time 2026-03-31T12:00:01.4010000\u002B00:00"}]');
INSERT INTO public.history VALUES (8, 2, '2026-03-01 12:00:01.402+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (9, 1, '2026-03-01 12:00:01.402+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (9, 2, '2026-03-01 12:00:01.405+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (8, 3, '2026-03-01 12:00:01.404+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The time 2026-03-31T12:00:01.4040000\u002B00:00"}]');
INSERT INTO public.history VALUES (10, 1, '2026-03-01 12:00:01.406+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (9, 3, '2026-03-01 12:00:01.407+00', '[{"Kind":3,"Text":"Choose"}]');
INSERT INTO public.history VALUES (10, 2, '2026-03-01 12:00:01.41+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (11, 1, '2026-03-01 12:00:01.415+00', '[{"Kind":1,"Text":"frozen/chain"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (10, 3, '2026-03-01 12:00:01.416+00', '[{"Kind":3,"Text":"Choose"},{"Kind":11,"Text":"3 of step 1"},{"Kind":8,"Text":"3 of 3 children of step 1 to end"}]');
INSERT INTO public.history VALUES (12, 1, '2026-03-01 12:00:01.416+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (13, 1, '2026-03-01 12:00:01.416+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (14, 1, '2026-03-01 12:00:01.416+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (9, 4, '2026-03-01 12:00:01.419+00', '[{"Kind":4,"Text":"Flaky attempt 1: System.InvalidOperationException: the old world fails"},{"Kind":5,"Text":"attempt 2 in 2592000 s"}]');
INSERT INTO public.history VALUES (11, 2, '2026-03-01 12:00:01.42+00', '[{"Kind":3,"Text":"(start)"}]');
INSERT INTO public.history VALUES (15, 1, '2026-03-01 12:00:01.421+00', '[{"Kind":1,"Text":"frozen/chain"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (14, 2, '2026-03-01 12:00:01.423+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (13, 2, '2026-03-01 12:00:01.423+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (12, 2, '2026-03-01 12:00:01.424+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (16, 1, '2026-03-01 12:00:01.426+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (15, 2, '2026-03-01 12:00:01.425+00', '[{"Kind":3,"Text":"(start)"}]');
INSERT INTO public.history VALUES (14, 3, '2026-03-01 12:00:01.427+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (13, 3, '2026-03-01 12:00:01.427+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (12, 3, '2026-03-01 12:00:01.428+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (11, 3, '2026-03-01 12:00:01.427+00', '[{"Kind":3,"Text":"MoreRounds/Round"}]');
INSERT INTO public.history VALUES (17, 1, '2026-03-01 12:00:01.429+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (15, 3, '2026-03-01 12:00:01.428+00', '[{"Kind":3,"Text":"MoreRounds/Round"}]');
INSERT INTO public.history VALUES (16, 2, '2026-03-01 12:00:01.428+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (11, 4, '2026-03-01 12:00:01.43+00', '[{"Kind":3,"Text":"MoreRounds/Round"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (13, 4, '2026-03-01 12:00:01.434+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (12, 4, '2026-03-01 12:00:01.434+00', '[{"Kind":3,"Text":"Choose"},{"Kind":16,"Text":null}]');
INSERT INTO public.history VALUES (14, 4, '2026-03-01 12:00:01.429+00', '[{"Kind":3,"Text":"Choose"},{"Kind":16,"Text":"exit code 300: asked to fail"}]');
INSERT INTO public.history VALUES (18, 1, '2026-03-01 12:00:01.435+00', '[{"Kind":1,"Text":"frozen/stuck"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (17, 2, '2026-03-01 12:00:01.434+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (15, 4, '2026-03-01 12:00:01.435+00', '[{"Kind":3,"Text":"MoreRounds/Round"}]');
INSERT INTO public.history VALUES (16, 3, '2026-03-01 12:00:01.435+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (15, 5, '2026-03-01 12:00:01.439+00', '[{"Kind":3,"Text":"Start"},{"Kind":11,"Text":"2 of step 3"},{"Kind":8,"Text":"2 of 2 children of step 3 to end"}]');
INSERT INTO public.history VALUES (19, 1, '2026-03-01 12:00:01.439+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (20, 1, '2026-03-01 12:00:01.439+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (17, 3, '2026-03-01 12:00:01.44+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (18, 2, '2026-03-01 12:00:01.442+00', '[{"Kind":4,"Text":"RunAsync attempt 1: System.InvalidOperationException: the old world is stuck"},{"Kind":18,"Text":"StepFailed: The step \u0027RunAsync\u0027 failed: the old world is stuck"}]');
INSERT INTO public.history VALUES (21, 1, '2026-03-01 12:00:01.461+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (10, 4, '2026-03-01 12:00:01.462+00', '[{"Kind":12,"Text":"child-ended"},{"Kind":12,"Text":"child-failed"}]');
INSERT INTO public.history VALUES (21, 2, '2026-03-01 12:00:01.468+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (22, 1, '2026-03-01 12:00:01.469+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (19, 2, '2026-03-01 12:00:01.469+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (20, 2, '2026-03-01 12:00:01.469+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (21, 3, '2026-03-01 12:00:01.47+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (22, 2, '2026-03-01 12:00:01.471+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (20, 3, '2026-03-01 12:00:01.472+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (19, 3, '2026-03-01 12:00:01.472+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (23, 1, '2026-03-01 12:00:01.472+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (22, 3, '2026-03-01 12:00:01.472+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (19, 4, '2026-03-01 12:00:01.473+00', '[{"Kind":3,"Text":"Choose"},{"Kind":16,"Text":null}]');
INSERT INTO public.history VALUES (20, 4, '2026-03-01 12:00:01.474+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The time 2026-03-31T12:00:01.4740000\u002B00:00"}]');
INSERT INTO public.history VALUES (23, 2, '2026-03-01 12:00:01.475+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (24, 1, '2026-03-01 12:00:01.476+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (23, 3, '2026-03-01 12:00:01.476+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (15, 6, '2026-03-01 12:00:01.476+00', '[{"Kind":12,"Text":"chain-child-ended"}]');
INSERT INTO public.history VALUES (24, 2, '2026-03-01 12:00:01.477+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (25, 1, '2026-03-01 12:00:01.478+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (25, 2, '2026-03-01 12:00:01.479+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (27, 1, '2026-03-01 12:00:01.48+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (27, 2, '2026-03-01 12:00:01.482+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (27, 3, '2026-03-01 12:00:01.484+00', '[{"Kind":3,"Text":"Choose"}]');
INSERT INTO public.history VALUES (28, 2, '2026-03-01 12:00:01.486+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (28, 3, '2026-03-01 12:00:01.487+00', '[{"Kind":3,"Text":"Choose"},{"Kind":16,"Text":null}]');
INSERT INTO public.history VALUES (29, 2, '2026-03-01 12:00:01.491+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (29, 3, '2026-03-01 12:00:01.496+00', '[{"Kind":4,"Text":"Choose attempt 1: System.InvalidOperationException: asked to throw"},{"Kind":17,"Text":"exit code 12: asked to throw"}]');
INSERT INTO public.history VALUES (31, 1, '2026-03-01 12:00:01.498+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (31, 2, '2026-03-01 12:00:01.5+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (31, 3, '2026-03-01 12:00:01.501+00', '[{"Kind":3,"Text":"Choose"},{"Kind":11,"Text":"1 of step 1"},{"Kind":8,"Text":"1 of 1 children of step 1 to end"}]');
INSERT INTO public.history VALUES (33, 1, '2026-03-01 12:00:01.501+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (33, 2, '2026-03-01 12:00:01.52+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (33, 4, '2026-03-01 12:00:01.523+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (17, 4, '2026-03-01 12:00:01.562+00', '[{"Kind":13,"Text":"rests"}]');
INSERT INTO public.history VALUES (32, 4, '2026-03-01 12:00:01.574+00', '[{"Kind":9,"Text":"go"}]');
INSERT INTO public.history VALUES (31, 4, '2026-03-01 12:00:01.605+00', '[{"Kind":15,"Text":"exit code 10: enough"}]');
INSERT INTO public.history VALUES (33, 5, '2026-03-01 12:00:01.611+00', '[{"Kind":15,"Text":"exit code 10: its parent killed ended"}]');
INSERT INTO public.history VALUES (26, 5, '2026-03-01 12:00:03.144+00', '[{"Kind":9,"Text":"go"}]');
INSERT INTO public.history VALUES (24, 3, '2026-03-01 12:00:01.479+00', '[{"Kind":3,"Text":"Choose"},{"Kind":11,"Text":"1 of step 1"},{"Kind":8,"Text":"1 of 1 children of step 1 to end"}]');
INSERT INTO public.history VALUES (26, 1, '2026-03-01 12:00:01.479+00', '[{"Kind":1,"Text":null}]');
INSERT INTO public.history VALUES (25, 3, '2026-03-01 12:00:01.482+00', '[{"Kind":3,"Text":"Choose"}]');
INSERT INTO public.history VALUES (28, 1, '2026-03-01 12:00:01.483+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (26, 2, '2026-03-01 12:00:01.483+00', '[{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (26, 3, '2026-03-01 12:00:01.486+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (29, 1, '2026-03-01 12:00:01.486+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (26, 4, '2026-03-01 12:00:01.487+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (30, 1, '2026-03-01 12:00:01.495+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (30, 2, '2026-03-01 12:00:01.497+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (30, 3, '2026-03-01 12:00:01.499+00', '[{"Kind":3,"Text":"Choose"},{"Kind":16,"Text":"exit code 300: asked to fail"}]');
INSERT INTO public.history VALUES (32, 1, '2026-03-01 12:00:01.5+00', '[{"Kind":1,"Text":"frozen/machine"},{"Kind":2,"Text":null}]');
INSERT INTO public.history VALUES (32, 2, '2026-03-01 12:00:01.501+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (32, 3, '2026-03-01 12:00:01.505+00', '[{"Kind":3,"Text":"Choose"},{"Kind":8,"Text":"The signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (33, 3, '2026-03-01 12:00:01.522+00', '[{"Kind":3,"Text":"RunAsync"}]');
INSERT INTO public.history VALUES (32, 5, '2026-03-01 12:00:01.576+00', '[{"Kind":3,"Text":"Heard"},{"Kind":16,"Text":null}]');
INSERT INTO public.history VALUES (8, 4, '2026-03-01 12:00:01.601+00', '[{"Kind":21,"Text":"signal \u0027go\u0027"}]');
INSERT INTO public.history VALUES (8, 5, '2026-03-01 12:00:01.608+00', '[{"Kind":21,"Text":"signal \u0027other\u0027"}]');
INSERT INTO public.history VALUES (26, 6, '2026-03-01 12:00:03.146+00', '[{"Kind":3,"Text":"Heard"},{"Kind":16,"Text":null}]');


--
-- Data for Name: inbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (1, '2026-03-01 12:00:01.434+00', 174, 5, 2, 'waits-children', 'e:child-ended:01a20789295d794e8c5305d047429db5/1.0', '1.0', 'child-ended', '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (2, '2026-03-01 12:00:01.429+00', 174, 5, 2, 'waits-children', 'e:child-failed:01a20789295d794e8c5305d047429db5/1.2', '1.2', 'child-failed', '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (3, '2026-03-01 12:00:01.473+00', 120, 5, 2, 'waits-chain-children', 'e:chain-child-ended:01a20789296d729d898aa3948b4f4087/3.0', '3.0', 'chain-child-ended', '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (4, '2026-03-01 12:00:01.546+00', 79, 2, 2, 'paused', 'c:01a2078929e77532b875d90e8b5f00d2', 'rests', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (5, '2026-03-01 12:00:01.571+00', 68, 1, 2, 'consumed', 's:signal-1', 'go', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (6, '2026-03-01 12:00:01.599+00', 29, 1, 1, 'waits-parked', 's:signal-1', 'go', NULL, '\x226561726c7922');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (8, '2026-03-01 12:00:01.602+00', 55, 4, 2, 'killed', 'c:01a207892a217f0eb43a93aab9639ffa', 'enough', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (7, '2026-03-01 12:00:01.6+00', 29, 1, 1, 'waits-parked', 's:signal-2', 'other', NULL, '\x226e6576657222');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (9, '2026-03-01 12:00:01.605+00', 60, 4, 2, 'killed-child', 'k:killed:01a2078929b970519f4aa02202ab6b07', 'its parent killed ended', 'killed', '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (10, '2026-03-01 12:00:03.128+00', 20, 1, 0, 'unseen-signal', 's:signal-1', 'go', NULL, '\x22756e7365656e22');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (11, '2026-03-01 12:00:03.133+00', 7, 4, 0, 'unseen-kill', 'c:01a20789301c702c94a4d0c7b4b23525', 'unseen kill', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (12, '2026-03-01 12:00:03.135+00', 83, 2, 0, 'unseen-pause', 'c:01a20789301f7bf7b7c6db03e4ec09e4', 'unseen pause', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (13, '2026-03-01 12:00:03.137+00', 178, 4, 0, 'running-kill', 'c:01a2078930207cafbfba1a5dc3e3fa62', 'killed while running', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (14, '2026-03-01 12:00:03.139+00', 224, 1, 2, 'told-child', 's:signal-1', 'go', NULL, '\x');
INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES (15, '2026-03-01 12:00:03.146+00', 127, 5, 0, 'unseen-child-ended', 'e:told-child:01a2078929a47c34bac758457a30b68b/1.0', '1.0', 'told-child', '\x');


--
-- Data for Name: owf_schema; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.owf_schema VALUES (1, 'Orleans.Workflows.Storage.Postgres.Scripts.0001-processes.sql', '2026-11-23 08:32:38.730984');


--
-- Data for Name: probe; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: process; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (1, 1, '2026-03-01 12:00:01.142+00', '2026-03-01 12:00:01.142+00', NULL, '2026-03-31 12:00:01.142+00', '01a20789-2855-7d64-bb3d-380167e65105', 1, NULL, NULL, NULL, 109, 0, NULL, false, 'created-later', '01a207892855701299340b31ab8f0cf2', 'frozen/machine', '01a20789280b7e15870fd3c829dfe8ce', 'created-later', NULL, NULL, NULL, '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2266696e697368222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2252756e4173796e63222c22617474656d7074223a312c2277616974223a7b226b696e64223a312c227468656e223a22222c22756e74696c223a22323032362d30332d33315431323a30303a30312e3134322b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (2, 1, '2026-03-01 12:00:01.333+00', '2026-03-01 12:00:01.333+00', NULL, NULL, '01a20789-2915-7225-8072-290e26b84abe', 1, NULL, NULL, NULL, 145, 0, NULL, true, 'created-paused', '01a207892915751ba098b071a1dd8e32', 'frozen/machine', '01a2078929137f358454ea66655e2a27', 'created-paused', NULL, NULL, NULL, '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2266696e697368222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2252756e4173796e63222c22617474656d7074223a312c2277616974223a7b226b696e64223a312c227468656e223a22222c22756e74696c223a22323032362d30332d30315431323a30303a30312e3333332b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (7, 3, '2026-03-01 12:00:01.397+00', '2026-03-01 12:00:01.401+00', NULL, '2026-03-31 12:00:01.401+00', '01a20789-2958-7a36-9f15-9525f27b92dc', 1, NULL, NULL, NULL, 37, 2, NULL, false, 'waits-timer', '01a2078929547741a27fa8f1e9123fe6', 'frozen/machine', '01a2078929527ded859f6ae8efb8cc8d', 'waits-timer', NULL, NULL, 'goes on as timer', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2274696d6572222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a332c227468656e223a22526573746564222c22756e74696c223a22323032362d30332d33315431323a30303a30312e3430312b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (4, 3, '2026-03-01 12:00:01.365+00', '2026-03-01 12:00:01.382+00', NULL, NULL, '01a20789-2946-7eaf-8553-fe19437441bc', 1, NULL, NULL, NULL, 24, 2, NULL, false, 'waits-signal', '01a207892934772baa82c545bf71abfc', 'frozen/machine', '01a20789293473a6bdd105fda004ff45', 'waits-signal', NULL, NULL, 'goes on as signal', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (3, 3, '2026-03-01 12:00:01.344+00', '2026-03-01 12:00:01.374+00', NULL, NULL, '01a20789-293e-73c0-9a34-fe223661bbfc', 1, NULL, NULL, NULL, 153, 2, NULL, false, 'created-child-parent', '01a2078929207f57b9cf1e934a00941c', 'frozen/machine', '01a20789291e7c6c81b50363e1ed6c51', 'created-child-parent', NULL, NULL, 'goes on as children', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a226368696c6472656e222c226368696c6472656e223a5b7b226964223a22637265617465642d6368696c64222c226b696e64223a2266696e697368227d5d7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a342c227468656e223a224a6f696e6564222c226368696c6453746570223a312c226368696c64436f756e74223a312c22676976656e496473223a7b2230223a22637265617465642d6368696c64227d2c226368696c6472656e4c656674223a317d2c226861734368696c6472656e223a747275657d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (5, 1, '2026-03-01 12:00:01.374+00', '2026-03-01 12:00:01.374+00', NULL, '2026-03-01 12:00:01.374+00', '01a20789-293e-73c0-9a34-fe223661bbfc', 0, NULL, 1, 0, 127, 0, NULL, false, 'created-child', '01a2078929207f57b9cf1e934a00941c/1.0', 'frozen/machine', '01a2078929207f57b9cf1e934a00941c/1.0', 'created-child-parent', 'created-child-parent', NULL, NULL, '{}', '\x7b226b696e64223a2266696e697368222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a22222c22617474656d7074223a312c2277616974223a7b226b696e64223a312c227468656e223a22222c22756e74696c223a22323032362d30332d30315431323a30303a30312e3337342b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (6, 3, '2026-03-01 12:00:01.383+00', '2026-03-01 12:00:01.398+00', NULL, '2026-03-31 12:00:01.398+00', '01a20789-2956-7aeb-a5ee-adb7b297c3c2', 1, NULL, NULL, NULL, 215, 2, NULL, false, 'waits-timeout', '01a20789294777738b3b4b84706f282d', 'frozen/machine', '01a2078929367943b6ddad6f8f160e11', 'waits-timeout', NULL, NULL, 'goes on as timeout', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2274696d656f7574222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f222c22756e74696c223a22323032362d30332d33315431323a30303a30312e3339382b30303a3030222c226f6e54696d656f7574223a224c617465227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (9, 4, '2026-03-01 12:00:01.402+00', '2026-03-01 12:00:01.419+00', NULL, '2026-03-31 12:00:01.419+00', '01a20789-296b-7594-8209-13ef81772a68', 1, NULL, NULL, NULL, 63, 2, NULL, false, 'waits-retry', '01a20789295a79798a494e0550db3038', 'frozen/machine', '01a20789295a7888a09888f2f384be42', 'waits-retry', NULL, NULL, 'goes on as retry', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227265747279222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a22466c616b79222c2273746570223a322c22617474656d7074223a322c226661696c75726573223a312c2277616974223a7b226b696e64223a352c227468656e223a22466c616b79222c22756e74696c223a22323032362d30332d33315431323a30303a30312e3431392b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (12, 4, '2026-03-01 12:00:01.416+00', '2026-03-01 12:00:01.434+00', '2026-03-01 12:00:01.434+00', NULL, '01a20789-297a-798f-a9c9-7dda4a98790f', 1, 0, 1, 0, 67, 3, NULL, false, 'child-ended', '01a20789295d794e8c5305d047429db5/1.0', 'frozen/machine', '01a20789295d794e8c5305d047429db5/1.0', 'waits-children', 'waits-children', NULL, 'goes on as finish', '{}', '\x7b226b696e64223a2266696e697368222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a317d', '\x7b2274657874223a226174206f6e6365227d', NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (13, 4, '2026-03-01 12:00:01.416+00', '2026-03-01 12:00:01.434+00', NULL, NULL, '01a20789-297a-71be-9298-f0adc7e0ff35', 1, NULL, 1, 1, 138, 2, NULL, false, 'child-live', '01a20789295d794e8c5305d047429db5/1.1', 'frozen/machine', '01a20789295d794e8c5305d047429db5/1.1', 'waits-children', 'waits-children', NULL, 'goes on as signal', '{}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (10, 4, '2026-03-01 12:00:01.406+00', '2026-03-01 12:00:01.462+00', NULL, NULL, '01a20789-2996-70b5-9dc6-0cefb744c3ec', 1, NULL, NULL, NULL, 174, 2, NULL, false, 'waits-children', '01a20789295d794e8c5305d047429db5', 'frozen/machine', '01a20789295d72c49c2eca3f47616437', 'waits-children', NULL, NULL, 'goes on as children', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a226368696c6472656e222c226368696c6472656e223a5b7b226964223a226368696c642d656e646564222c226b696e64223a2266696e697368227d2c7b226964223a226368696c642d6c697665222c226b696e64223a227369676e616c227d2c7b226964223a226368696c642d6661696c6564222c226b696e64223a2265786974227d5d7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a342c227468656e223a224a6f696e6564222c226368696c6453746570223a312c226368696c64436f756e74223a332c22676976656e496473223a7b2230223a226368696c642d656e646564222c2231223a226368696c642d6c697665222c2232223a226368696c642d6661696c6564227d2c226368696c6472656e4c656674223a317d2c226861734368696c6472656e223a747275657d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (15, 6, '2026-03-01 12:00:01.421+00', '2026-03-01 12:00:01.476+00', NULL, NULL, '01a20789-29a4-7d7d-a845-031da4e35d2f', 1, NULL, NULL, NULL, 120, 2, NULL, false, 'waits-chain-children', '01a20789296d729d898aa3948b4f4087', 'frozen/chain', '01a20789296c77fdb9a9840cfb32bb3f', 'waits-chain-children', NULL, NULL, NULL, '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a22222c226368696c6472656e223a5b7b226964223a22636861696e2d6368696c642d656e646564222c226b696e64223a2266696e697368227d2c7b226964223a22636861696e2d6368696c642d6c697665222c226b696e64223a2274696d6572227d5d7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a225374617274222c22636f6e74657874223a7b22726f756e6473223a322c226865617264223a5b5d7d2c2273746570223a342c22617474656d7074223a312c2277616974223a7b226b696e64223a342c227468656e223a2253746172742f4a6f696e222c226368696c6453746570223a332c226368696c64436f756e74223a322c22676976656e496473223a7b2230223a22636861696e2d6368696c642d656e646564222c2231223a22636861696e2d6368696c642d6c697665227d2c226368696c6472656e4c656674223a317d2c226861734368696c6472656e223a747275657d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (11, 4, '2026-03-01 12:00:01.415+00', '2026-03-01 12:00:01.43+00', NULL, NULL, '01a20789-2976-78c3-a0e7-9d464e98fd3f', 1, NULL, NULL, NULL, 117, 2, NULL, false, 'waits-chain', '01a20789296673c9be224f02a66e8f98', 'frozen/chain', '01a20789296271afbb99b124c0f1122b', 'waits-chain', NULL, NULL, NULL, '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a224d6f7265526f756e64732f526f756e64222c22636f6e74657874223a7b22726f756e6473223a322c226865617264223a5b5d7d2c2273746570223a332c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224861734e6f4368696c6472656e2f676f2f48656172222c227369676e616c223a22676f227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (19, 4, '2026-03-01 12:00:01.439+00', '2026-03-01 12:00:01.473+00', '2026-03-01 12:00:01.473+00', NULL, '01a20789-29a1-7e83-b593-b74696b06e8b', 1, 0, 3, 0, 109, 3, NULL, false, 'chain-child-ended', '01a20789296d729d898aa3948b4f4087/3.0', 'frozen/machine', '01a20789296d729d898aa3948b4f4087/3.0', 'waits-chain-children', 'waits-chain-children', NULL, 'goes on as finish', '{}', '\x7b226b696e64223a2266696e697368222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a317d', '\x7b2274657874223a226174206f6e6365227d', NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (21, 3, '2026-03-01 12:00:01.461+00', '2026-03-01 12:00:01.47+00', NULL, NULL, '01a20789-299e-74bb-991a-cc2fe4c32120', 1, NULL, NULL, NULL, 20, 2, NULL, false, 'unseen-signal', '01a20789299571e8bbf26df348d08c0b', 'frozen/machine', '01a207892994712a9aae834f0ec6a1fa', 'unseen-signal', NULL, NULL, 'goes on as signal', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (17, 4, '2026-03-01 12:00:01.429+00', '2026-03-01 12:00:01.562+00', NULL, NULL, '01a20789-29f9-7936-ba16-3818ebdf805b', 1, NULL, NULL, NULL, 79, 2, NULL, true, 'paused', '01a207892974727e9a6ffb8282408e9e', 'frozen/machine', '01a2078929747642972748d7d6c387e3', 'paused', NULL, NULL, 'rests', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d2c227374617475734265666f72655061757365223a22676f6573206f6e206173207369676e616c227d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (20, 4, '2026-03-01 12:00:01.439+00', '2026-03-01 12:00:01.474+00', NULL, '2026-03-31 12:00:01.474+00', '01a20789-29a1-7060-a095-b08b74a7110f', 1, NULL, 3, 1, 111, 2, NULL, false, 'chain-child-live', '01a20789296d729d898aa3948b4f4087/3.1', 'frozen/machine', '01a20789296d729d898aa3948b4f4087/3.1', 'waits-chain-children', 'waits-chain-children', NULL, 'goes on as timer', '{}', '\x7b226b696e64223a2274696d6572222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a332c227468656e223a22526573746564222c22756e74696c223a22323032362d30332d33315431323a30303a30312e3437342b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (23, 3, '2026-03-01 12:00:01.472+00', '2026-03-01 12:00:01.476+00', NULL, NULL, '01a20789-29a4-7bb9-9444-e8fab8195a8d', 1, NULL, NULL, NULL, 83, 2, NULL, false, 'unseen-pause', '01a2078929a07bdaaa838691975d360d', 'frozen/machine', '01a20789299f70e5bce954f63a64611b', 'unseen-pause', NULL, NULL, 'goes on as signal', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (8, 5, '2026-03-01 12:00:01.4+00', '2026-03-01 12:00:01.608+00', NULL, '2026-03-31 12:00:01.404+00', '01a20789-2a27-77a1-b2f6-cf308a3b4dde', 1, NULL, NULL, NULL, 29, 2, NULL, false, 'waits-parked', '01a20789295875bbaeba1aef60e23b5f', 'frozen/machine', '01a207892957755dafbbf8f4882dcb6a', 'waits-parked', NULL, NULL, 'goes on as timer', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2274696d6572222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a332c227468656e223a22526573746564222c22756e74696c223a22323032362d30332d33315431323a30303a30312e3430342b30303a3030227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (14, 4, '2026-03-01 12:00:01.416+00', '2026-03-01 12:00:01.429+00', '2026-03-01 12:00:01.429+00', NULL, '01a20789-2975-7fc8-a307-b6b2ba8dc6a6', 1, 300, 1, 2, 10, 3, NULL, false, 'child-failed', '01a20789295d794e8c5305d047429db5/1.2', 'frozen/machine', '01a20789295d794e8c5305d047429db5/1.2', 'waits-children', 'waits-children', NULL, 'goes on as exit', '{}', '\x7b226b696e64223a2265786974222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a317d', NULL, '\x7b226d657373616765223a2261736b656420746f206661696c227d');
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (16, 3, '2026-03-01 12:00:01.426+00', '2026-03-01 12:00:01.435+00', NULL, '2026-03-21 12:00:01.426+00', '01a20789-297b-7a0d-8511-80138d1a781b', 1, NULL, NULL, NULL, 73, 2, NULL, false, 'waits-deadline', '01a2078929727bfa9cccbb976d8e8499', 'frozen/machine', '01a2078929717af1b23cc57afcb3222e', 'waits-deadline', NULL, NULL, 'goes on as signal', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d2c22646561646c696e65223a22323032362d30332d32315431323a30303a30312e3432362b30303a3030227d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (18, 2, '2026-03-01 12:00:01.435+00', '2026-03-01 12:00:01.442+00', NULL, NULL, '01a20789-2982-73ea-bdea-b93716b312d3', 1, NULL, NULL, NULL, 63, 1, 1, true, 'incident', '01a20789297b7a97be2d5aa211a064a2', 'frozen/stuck', '01a20789297a70a7aae22eb13de774c9', 'incident', NULL, NULL, NULL, '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a22222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2252756e4173796e63222c22617474656d7074223a312c22696e636964656e74223a7b22636f6465223a312c2274657874223a225468652073746570205c753030323752756e4173796e635c7530303237206661696c65643a20746865206f6c6420776f726c6420697320737475636b222c22617474656d707473223a312c226f70656e65644174223a22323032362d30332d30315431323a30303a30312e3434322b30303a3030222c2272656d656479223a224d656e64207468652063617573652c207468656e20706c617920746f2074727920616761696e2c206f72206b696c6c2e227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (22, 3, '2026-03-01 12:00:01.469+00', '2026-03-01 12:00:01.472+00', NULL, NULL, '01a20789-29a0-74bd-a615-97fe2bbde892', 1, NULL, NULL, NULL, 7, 2, NULL, false, 'unseen-kill', '01a20789299d7b5a9ea943786f8f14fa', 'frozen/machine', '01a20789299c7959ae43e0c71facf465', 'unseen-kill', NULL, NULL, 'goes on as signal', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a322c227468656e223a224865617264222c227369676e616c223a22676f227d7d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (25, 3, '2026-03-01 12:00:01.478+00', '2026-03-01 12:00:01.482+00', NULL, NULL, '01a20789-29a9-738d-a50c-d8b653b1aefc', 1, NULL, NULL, NULL, 145, 1, NULL, false, 'running', '01a2078929a57e4ebd0e59745aca1f71', 'frozen/machine', '01a2078929a5738eab9aeb11b9a91c1a', 'running', NULL, '127.0.0.1:35183@154427557', 'goes on as gate', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2267617465222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2247617465222c2273746570223a322c22617474656d7074223a317d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (32, 5, '2026-03-01 12:00:01.5+00', '2026-03-01 12:00:01.576+00', '2026-03-01 12:00:01.576+00', NULL, '01a20789-2a08-766a-ad2b-01c01a4c18fe', 1, 0, NULL, NULL, 68, 3, NULL, false, 'consumed', '01a2078929bc710b8023980252fd19f4', 'frozen/machine', '01a2078929bc7c5d91dca0e3b2770bd7', 'consumed', NULL, NULL, 'goes on as signal', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a224865617264222c2273746570223a332c22617474656d7074223a317d', '\x7b2274657874223a22686561726420746865206f6c6420776f726c64227d', NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (24, 3, '2026-03-01 12:00:01.476+00', '2026-03-01 12:00:01.479+00', NULL, NULL, '01a20789-29a7-7ce2-a079-7cbbeda6537c', 1, NULL, NULL, NULL, 127, 2, NULL, false, 'unseen-child-ended', '01a2078929a47c34bac758457a30b68b', 'frozen/machine', '01a2078929a37f97b63a28897b9fa95b', 'unseen-child-ended', NULL, NULL, 'goes on as children', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a226368696c6472656e222c226368696c6472656e223a5b7b226964223a22746f6c642d6368696c64222c226b696e64223a227369676e616c227d5d7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c2277616974223a7b226b696e64223a342c227468656e223a224a6f696e6564222c226368696c6453746570223a312c226368696c64436f756e74223a312c22676976656e496473223a7b2230223a22746f6c642d6368696c64227d2c226368696c6472656e4c656674223a317d2c226861734368696c6472656e223a747275657d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (30, 3, '2026-03-01 12:00:01.495+00', '2026-03-01 12:00:01.499+00', '2026-03-01 12:00:01.499+00', NULL, '01a20789-29ba-78e5-bed7-39a70cdcc46f', 1, 300, NULL, NULL, 178, 3, NULL, false, 'exited', '01a2078929b77582b5c0317d3dbd0ca2', 'frozen/machine', '01a2078929b373debbd2a38afe4c9947', 'exited', NULL, NULL, 'goes on as exit', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2265786974222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a317d', NULL, '\x7b226d657373616765223a2261736b656420746f206661696c227d');
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (28, 3, '2026-03-01 12:00:01.483+00', '2026-03-01 12:00:01.487+00', '2026-03-01 12:00:01.487+00', NULL, '01a20789-29af-7f0b-890d-37bd5cb7c47c', 1, 0, NULL, NULL, 153, 3, NULL, false, 'finished', '01a2078929ab75bfbfb83aedfce043d2', 'frozen/machine', '01a2078929aa7483a4b378c9108dff92', 'finished', NULL, NULL, 'goes on as finish', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2266696e697368222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a317d', '\x7b2274657874223a226174206f6e6365227d', NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (29, 3, '2026-03-01 12:00:01.486+00', '2026-03-01 12:00:01.496+00', '2026-03-01 12:00:01.496+00', NULL, '01a20789-29b8-7df5-9b15-cd2154d70cd3', 1, 12, NULL, NULL, 184, 4, NULL, false, 'excepted', '01a2078929ae7f3e993499b522554e88', 'frozen/machine', '01a2078929ae7998961f1b6d36c7f280', 'excepted', NULL, NULL, 'goes on as throw', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a227468726f77222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a312c22617474656d7074223a317d', NULL, '\x7b226d657373616765223a2261736b656420746f207468726f77222c226661696c757265223a7b2274797065223a2253797374656d2e496e76616c69644f7065726174696f6e457863657074696f6e222c226d657373616765223a2261736b656420746f207468726f77222c22737461636b5472616365223a222020206174204f726c65616e732e576f726b666c6f77732e436c75737465722e46726f7a656e2e46726f7a656e4d616368696e652e43686f6f73652853746570436f6e7465787420737465702c20537472696e67206b696e642920696e202f7372632f66726f7a656e2f70672f53616d706c65732f4f7264657246756c66696c6d656e742f46726f7a656e4d616368696e652e63733a6c696e652032395c6e2020206174204f726c65616e732e576f726b666c6f77732e477261696e732e446566696e6974696f6e732e537465704d6574686f64732e5c75303033435c7530303345635f5f446973706c6179436c617373375f305c7530303630312e5c75303033435c75303033434e6f646557697468417267756d656e745c7530303345625f5f305c7530303345642e4d6f76654e657874282920696e202f7372632f66726f7a656e2f70672f477261696e732f446566696e6974696f6e732f537465704d6574686f64732e63733a6c696e652039385c6e2d2d2d20456e64206f6620737461636b2074726163652066726f6d2070726576696f7573206c6f636174696f6e202d2d2d5c6e2020206174204f726c65616e732e576f726b666c6f77732e477261696e732e52756e6e696e672e5374657052756e6e65722e52756e4173796e632850726f63657373446566696e6974696f6e20646566696e6974696f6e2c20537465704e6f646520737465702c20456e67696e6553746174652073746174652c2053746570417474656d707420617474656d70742920696e202f7372632f66726f7a656e2f70672f477261696e732f52756e6e696e672f5374657052756e6e65722e63733a6c696e652033355c6e2020206174204f726c65616e732e576f726b666c6f77732e477261696e732e52756e6e696e672e5374657052756e6e65722e52756e4173796e632850726f63657373446566696e6974696f6e20646566696e6974696f6e2c20537465704e6f646520737465702c20456e67696e6553746174652073746174652c2053746570417474656d707420617474656d70742920696e202f7372632f66726f7a656e2f70672f477261696e732f52756e6e696e672f5374657052756e6e65722e63733a6c696e652033375c6e2020206174204f726c65616e732e576f726b666c6f77732e477261696e732e52756e6e696e672e537465704472697665722e526573756c744173796e632850726f63657373446566696e6974696f6e20646566696e6974696f6e2c20537465704e6f646520737465702c20456e67696e6553746174652073746174652c2053746570417474656d707420617474656d70742920696e202f7372632f66726f7a656e2f70672f477261696e732f52756e6e696e672f537465704472697665722e63733a6c696e6520323237227d7d');
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (26, 6, '2026-03-01 12:00:01.479+00', '2026-03-01 12:00:03.146+00', '2026-03-01 12:00:03.146+00', NULL, '01a20789-302a-7022-ba69-696d006d262e', 1, 0, 1, 0, 224, 3, NULL, false, 'told-child', '01a2078929a47c34bac758457a30b68b/1.0', 'frozen/machine', '01a2078929a47c34bac758457a30b68b/1.0', 'unseen-child-ended', 'unseen-child-ended', NULL, 'goes on as signal', '{}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a224865617264222c2273746570223a332c22617474656d7074223a317d', '\x7b2274657874223a22686561726420746f6c64227d', NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (27, 3, '2026-03-01 12:00:01.48+00', '2026-03-01 12:00:01.484+00', NULL, NULL, '01a20789-29ac-735c-8d46-90ea759d092c', 1, NULL, NULL, NULL, 178, 1, NULL, false, 'running-kill', '01a2078929a87c0aac9cd98b6eedd94f', 'frozen/machine', '01a2078929a77f0781b88205f999710a', 'running-kill', NULL, '127.0.0.1:35183@154427557', 'goes on as gate', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a2267617465222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2247617465222c2273746570223a322c22617474656d7074223a317d', NULL, NULL);
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (31, 4, '2026-03-01 12:00:01.498+00', '2026-03-01 12:00:01.605+00', '2026-03-01 12:00:01.605+00', NULL, '01a20789-2a24-7487-b667-364236bb2518', 1, 10, NULL, NULL, 55, 5, NULL, false, 'killed', '01a2078929b970519f4aa02202ab6b07', 'frozen/machine', '01a2078929b970e39abcabded2f0da23', 'killed', NULL, NULL, 'enough', '{"place": "Köln ''x''", "frozen": "yes"}', '\x7b226b696e64223a226368696c6472656e222c226368696c6472656e223a5b7b226964223a226b696c6c65642d6368696c64222c226b696e64223a227369676e616c227d5d7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a312c226861734368696c6472656e223a747275657d', NULL, '\x7b226d657373616765223a22656e6f756768227d');
INSERT INTO public.process OVERRIDING SYSTEM VALUE VALUES (33, 5, '2026-03-01 12:00:01.501+00', '2026-03-01 12:00:01.611+00', '2026-03-01 12:00:01.611+00', NULL, '01a20789-2a2a-7418-a45c-995031d0f039', 1, 10, 1, 0, 60, 5, NULL, false, 'killed-child', '01a2078929b970519f4aa02202ab6b07/1.0', 'frozen/machine', '01a2078929b970519f4aa02202ab6b07/1.0', 'killed', 'killed', NULL, 'its parent killed ended', '{}', '\x7b226b696e64223a227369676e616c222c226368696c6472656e223a6e756c6c7d', '\x7b22666f726d6174223a312c22706f736974696f6e223a2243686f6f7365222c2273746570223a322c22617474656d7074223a317d', NULL, '\x7b226d657373616765223a2269747320706172656e74206b696c6c656420656e646564227d');


--
-- Name: inbox_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.inbox_seq_seq', 15, true);


--
-- Name: owf_schema_schemaversionsid_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.owf_schema_schemaversionsid_seq', 1, true);


--
-- Name: process_number_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.process_number_seq', 33, true);


--
-- Name: owf_schema PK_owf_schema_Id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.owf_schema
    ADD CONSTRAINT "PK_owf_schema_Id" PRIMARY KEY (schemaversionsid);


--
-- Name: history history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.history
    ADD CONSTRAINT history_pkey PRIMARY KEY (number, version);


--
-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (process_id, message_id);


--
-- Name: probe probe_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.probe
    ADD CONSTRAINT probe_pkey PRIMARY KEY (number);


--
-- Name: process process_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.process
    ADD CONSTRAINT process_pkey PRIMARY KEY (id) WITH (fillfactor='80');


--
-- Name: inbox_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_open ON public.inbox USING btree (process_id, seen, seq) WHERE (seen < 2);


--
-- Name: inbox_unseen; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_unseen ON public.inbox USING btree (seq, slice, sent_at) WHERE (seen = 0);


--
-- Name: process_created; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_created ON public.process USING btree (created_at, id);


--
-- Name: process_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_due ON public.process USING btree (due_at, id, slice) WHERE (due_at IS NOT NULL);


--
-- Name: process_finished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_finished ON public.process USING btree (finished_at, id) WHERE ((parent IS NULL) AND (finished_at IS NOT NULL));


--
-- Name: process_incident; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_incident ON public.process USING btree (created_at, id) WHERE (incident IS NOT NULL);


--
-- Name: process_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_owner ON public.process USING btree (owner, id, slice) WHERE (owner IS NOT NULL);


--
-- Name: process_parent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_parent ON public.process USING btree (parent, parent_step, parent_index) WHERE (parent IS NOT NULL);


--
-- Name: process_paused; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_paused ON public.process USING btree (created_at, id) WHERE paused;


--
-- Name: process_root; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_root ON public.process USING btree (root) WHERE (parent IS NOT NULL);


--
-- Name: process_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_state ON public.process USING btree (state, created_at, id);


--
-- Name: process_tags; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_tags ON public.process USING gin (tags jsonb_path_ops) WHERE (tags <> '{}'::jsonb);


--
-- Name: process_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX process_type ON public.process USING btree (type, created_at, id);


--
-- PostgreSQL database dump complete
--


