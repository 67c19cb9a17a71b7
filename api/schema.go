package api

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/docketjudge/docket/judge"
)

// schema is a JSON Schema of draft 2020-12, or a part of an OpenAPI document.
type schema map[string]any

// schemas makes JSON Schemas from Go types and collects those of structs
// under their names.
type schemas struct {
	named map[string]schema
}

// amender is a request type whose schema says more than its fields can.
type amender interface{ amend(schema) }

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// special are the schemas of types that do not look over the wire as they
// look in Go.
var special = map[reflect.Type]schema{
	reflect.TypeFor[time.Time]():          {"type": "string", "format": "date-time"},
	reflect.TypeFor[json.RawMessage]():    {"type": "object"},
	reflect.TypeFor[caseJSON]():           {"type": "array", "items": schema{}, "description": "A function's arguments, or a class's calls."},
	reflect.TypeFor[schema]():             {"type": "object"},
	reflect.TypeFor[judge.SubmissionID](): {"type": "string", "format": "uuid", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
	reflect.TypeFor[judge.Slug]():         {"type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"},
	reflect.TypeFor[judge.Language]():     {"type": "string", "enum": texts(judge.Languages())},
	reflect.TypeFor[judge.Verdict]():      {"type": "string", "enum": texts(judge.Verdicts())},
	reflect.TypeFor[judge.Queue]():        {"type": "string", "enum": texts(judge.Queues())},
	reflect.TypeFor[judge.State](): {"type": "string", "enum": texts([]judge.State{
		judge.StateQueued, judge.StateRunning, judge.StateDone, judge.StateCancelled})},
	reflect.TypeFor[judge.EventKind](): {"type": "string", "enum": texts([]judge.EventKind{judge.EventQueued,
		judge.EventRunning, judge.EventCompiled, judge.EventTest, judge.EventDone, judge.EventCancelled})},
	reflect.TypeFor[judge.Code](): {"type": "string", "enum": codes()},
}

// limitsSchema describes judge.Limits, which writes itself.
var limitsSchema = schema{
	"type": "object", "required": []string{"cpu_ms", "memory_kib"},
	"properties": schema{
		"cpu_ms":     schema{"type": "integer", "description": "Processor time of all processes, in milliseconds."},
		"wall_ms":    schema{"type": "integer", "description": "Elapsed time, in milliseconds."},
		"memory_kib": schema{"type": "integer", "description": "What the program itself may use, in KiB."},
		"output_kib": schema{"type": "integer", "description": "What it may print, in KiB."},
	},
}

func codes() []string {
	out := make([]string, len(meanings))
	for i, m := range meanings {
		out[i] = string(m.code)
	}
	return out
}

// schemaFor is the schema of a value that is not a struct.
func schemaFor(v any) schema { return (&schemas{}).of(reflect.TypeOf(v)) }

// of is the schema of a type; structs become references.
func (b *schemas) of(t reflect.Type) schema {
	if s, ok := special[t]; ok {
		return clone(s)
	}
	if t == reflect.TypeFor[judge.Limits]() {
		b.named["Limits"] = limitsSchema
		return ref("Limits")
	}
	switch t.Kind() {
	case reflect.Pointer:
		return b.of(t.Elem())
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return schema{"type": "integer"}
	case reflect.Float64:
		return schema{"type": "number"}
	case reflect.Slice:
		return schema{"type": "array", "items": b.of(t.Elem())}
	case reflect.Struct:
		name := componentName(t)
		if _, ok := b.named[name]; !ok {
			b.named[name] = nil // ends the recursion of a type that holds itself
			b.named[name] = b.object(t)
		}
		return ref(name)
	}
	panic(fmt.Sprintf("api: no schema for %s", t)) // a mistake in the table, met by every test
}

func ref(name string) schema { return schema{"$ref": "#/components/schemas/" + name} }

func componentName(t reflect.Type) string {
	r := []rune(t.Name())
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// closed reports whether a struct is what clients send: unknown fields are
// refused there, and allowed for in answers, which may grow.
func closed(t reflect.Type) bool {
	return strings.HasSuffix(t.Name(), "Request") || t == reflect.TypeFor[file]() || t == reflect.TypeFor[runLimits]()
}

func (b *schemas) object(t reflect.Type) schema {
	props := schema{}
	required := b.fields(t, props, []string{})
	s := schema{"type": "object", "properties": props}
	if len(required) > 0 {
		s["required"] = required
	}
	if closed(t) {
		s["additionalProperties"] = false
	}
	if a, ok := reflect.Zero(t).Interface().(amender); ok {
		a.amend(s)
	}
	return s
}

// fields adds the fields of a struct to props and those that are always there
// to required.
func (b *schemas) fields(t reflect.Type, props schema, required []string) []string {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if f.Anonymous && name == "" {
			required = b.fields(f.Type, props, required)
			continue
		}
		s := b.of(f.Type)
		doc := f.Tag.Get("doc")
		if doc == "" {
			doc = fieldDocs[t.Name()+"."+name]
		}
		if doc != "" {
			s["description"] = doc
		}
		constrain(s, f.Tag.Get("schema"))
		props[name] = s
		if !strings.Contains(options, "omitempty") && !strings.Contains(options, "omitzero") {
			required = append(required, name)
		}
	}
	return required
}

// constrain adds the keywords of a tag such as `minLength=1,maxLength=64`.
func constrain(s schema, tag string) {
	if tag == "" {
		return
	}
	for kv := range strings.SplitSeq(tag, ",") {
		k, v, _ := strings.Cut(kv, "=")
		if n, err := strconv.Atoi(v); err == nil {
			s[k] = n
		} else {
			s[k] = strings.Split(v, "|") // enum
		}
	}
}

func clone(s schema) schema {
	out := make(schema, len(s)+1)
	for k, v := range s {
		out[k] = v
	}
	return out
}

// oneProgram says that a program comes as source or as files.
func oneProgram(s schema) {
	s["oneOf"] = []schema{{"required": []string{"source"}}, {"required": []string{"files"}}}
}

func (submitRequest) amend(s schema) { oneProgram(s) }

func (runRequest) amend(s schema) { oneProgram(s) }
